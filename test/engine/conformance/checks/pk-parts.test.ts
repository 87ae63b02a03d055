import { pkParts } from '../../../../engine/conformance/checks/pk-parts.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pkParts);

const stream = (name: string, key: string, fields: string) =>
  manifestWith().replace(
    /streams:[\s\S]*/,
    `streams:
  - type: DeclarativeStream
    name: ${name}
    primary_key: [${key}]
    retriever:
      requester: { url_base: "https://api.test", path: a }
      record_selector: { extractor: { field_path: [] } }
    schema_loader:
      type: InlineSchemaLoader
      schema: { type: object, properties: { ${fields
        .split(', ')
        .map((field) => `${field}: { type: string }`)
        .join(', ')} } }
`,
  );

describe('pk-parts', () => {
  it.each([
    ['ads_by_country', 'ad_id, country_code', 'ad_id, country_code'],
    ['tasks_by_project', 'id', 'id, project_id'],
    ['tasks_by_owner', 'task', 'task, name'],
    ['reports_hourly', 'ad_id, stat_time_hour', 'ad_id, stat_time_hour'],
    ['reports_daily', 'ad_id, date', 'ad_id, date'],
    ['daily_reports', 'id', 'id, date'],
    ['group_members', 'email, group_id', 'email, group_id'],
    ['members', 'email', 'email, group_id'],
    ['station_zipcodes', 'station_nbr, zip_code', 'station_nbr, zip_code'],
    ['station_names', 'station_id', 'station_id, name'],
    ['account_settings', 'account_id', 'account_id, setting'],
  ])('passes for %s by %s', async (name, key, fields) => {
    await expectPass(stream(name, key, fields));
  });

  it.each([
    ['ads_by_country', 'ad_id', 'ad_id, country_code', 'country_code'],
    ['ads_by_country_hourly', 'ad_id, stat_time_hour', 'ad_id, country, stat_time_hour', 'country'],
    ['reports_hourly', 'ad_id', 'ad_id, stat_time_hour', 'stat_time_hour'],
    ['daily_reports', 'ad_id', 'ad_id, report_date', 'report_date'],
    ['group_members', 'email', 'email, group_id', 'group_id'],
    ['station_zipcodes', 'station_nbr', 'station_nbr, zip_code', 'zip_code'],
  ])('finds that the key of %s, %s, leaves out what it is by', async (name, key, fields, missing) => {
    await expectViolations(stream(name, key, fields), [
      { message: new RegExp(`, leaves out "${missing}", and by its name`) },
    ]);
  });

  it('reads fields that a transformation adds', async () => {
    const added = stream('reports_hourly', 'ad_id', 'ad_id').replace(
      '    retriever:',
      '    transformations: [{ type: AddFields, fields: [{ path: [stat_hour], value: "{{ record.at.hour }}" }] }]\n    retriever:',
    );
    await expectViolations(added, [{ message: /leaves out "stat_hour"/ }]);
  });
});
