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

  const several = (...streams: readonly (readonly [name: string, key: string, fields: string])[]) => {
    const [first = '', ...more] = streams.map((each) => stream(...each));
    return first + more.map((each) => each.slice(each.indexOf('  - type: DeclarativeStream'))).join('');
  };
  const fields = 'pivot, end_date, clicks';

  it('finds what all others that are keyed so have besides', async () => {
    const [a, b] = [
      ['ads', 'pivot, end_date', fields],
      ['creatives', 'pivot, end_date', fields],
    ] as const;
    await expectViolations(several(a, b, ['campaigns', 'pivot', fields]), [
      {
        message:
          'The primary key of stream "campaigns", "pivot", leaves out "end_date", and those of all 2 other streams that have such a field and are keyed like this one have it: a destination keeps one of them.',
      },
    ]);
    await expectViolations(several(a, ['campaigns', 'pivot', fields]), [
      { message: /leaves out "end_date", and that of stream "ads", which is this one besides, has it:/ },
    ]);
    // Of two, nobody knows which is right where it is no moment.
    await expectPass(
      several(['ads', 'pivot, place', 'pivot, place'], ['campaigns', 'pivot', 'pivot, place']),
    );
    // Nor are all others keyed so.
    await expectPass(several(a, b, ['groups', 'pivot', fields], ['campaigns', 'pivot', fields]));
    await expectPass(several(a, b, ['campaigns', 'pivot', 'pivot, clicks']));
    await expectPass(several(a, b, ['pivots', 'pivot_id', 'pivot_id, end_date']));
  });

  it('reads for which period a report is asked', async () => {
    const report = (granularity: string) =>
      stream('reports', 'ad_id', 'ad_id, end_date')
        .replace('path: a', `path: a, request_parameters: { timeGranularity: "${granularity}" }`)
        .replace(
          '    retriever:',
          '    incremental_sync: { type: DatetimeBasedCursor, cursor_field: end_date, datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01" }\n    retriever:',
        );
    await expectViolations(report('(value:DAILY)'), [
      {
        message:
          'The primary key of stream "reports", "ad_id", leaves out "end_date", and by its "timeGranularity" the stream has a record for each day: a destination keeps one of them.',
      },
    ]);
    await expectPass(report('ALL'));
    await expectPass(report('DAILY').replace('[ad_id]', '[ad_id, end_date]'));
  });

  it('finds what is counted anew for each parent', async () => {
    const child = (key: string, adds = true) =>
      several(['boards', 'id', 'id'], ['tickets', key, 'id, number, name, board_name, sku']).replace(
        /(name: tickets[\s\S]*?retriever:)/,
        `$1
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: id, partition_field: board_id, stream: { $ref: "#/streams/0" } }`,
      ) +
      (adds
        ? '    transformations: [{ type: AddFields, fields: [{ path: [board_id], value: "{{ stream_partition.board_id }}" }] }]\n'
        : '');
    await expectViolations(child('number'), [
      {
        message:
          'The primary key of stream "tickets", "number", leaves out "board_id", and "number" begins anew in each of "boards", for each of which it is read: a destination keeps one of them.',
      },
    ]);
    await expectPass(child('number', false));
    await expectPass(child('number, board_id'));
    await expectPass(child('board_name'));
    await expectPass(child('sku'));
  });

  it('asks more of others where there is an id', async () => {
    const stats = (count: number) =>
      several(
        ...Array.from({ length: count }, (_, at) => [`stats_${at}`, 'id, span', 'id, span, clicks'] as const),
        ['odd_stats', 'id', 'id, span, clicks'],
      );
    await expectPass(stats(3));
    await expectViolations(stats(4), [
      {
        message: /^The primary key of stream "odd_stats", "id", leaves out "span", and those of all 4 other/,
      },
    ]);
  });

  it('finds one of two things that records are read for', async () => {
    const insights = (key: string) =>
      stream('insights', key, 'account, breakdown, value').replace(
        '    retriever:',
        `    transformations:
      - type: AddFields
        fields:
          - { path: [breakdown], value: "{{ stream_partition.breakdown }}" }
          - { path: [account], value: "{{ stream_partition.account_of | string }}" }
    retriever:
      partition_router:
        - { type: ListPartitionRouter, cursor_field: breakdown, values: [city, age] }
        - { type: ListPartitionRouter, cursor_field: account_of, values: [a, b] }`,
      );
    await expectPass(insights('account, breakdown'));
    await expectPass(insights('value'));
    await expectViolations(insights('breakdown'), [
      {
        message:
          'The primary key of stream "insights", "breakdown", leaves out "account", and it is read for each of several of those, too: a destination keeps one of them.',
      },
    ]);
  });
});
