import { statuses } from '../../../../engine/conformance/checks/statuses.ts';
import { parseManifest } from '../../../../engine/manifest/parse.ts';
import { byDay, harness, itemsWith, jobsWith } from '../harness.ts';

const { expectPass, expectViolations, run } = harness(statuses);

describe('statuses', () => {
  it('passes for a stream that is read to its end', async () => {
    await expectPass(itemsWith({ incremental: byDay }));
  });

  it('reads the clock with the fraction that moments have', async () => {
    const format = '"%Y-%m-%d %H:%M:%S.%f+00:00"';
    const incremental = `${byDay.replace('"%Y-%m-%d"', format).replace('P1D', 'PT0.000001S')}
end_datetime: { type: MinMaxDatetime, datetime: "{{ now_utc() }}", datetime_format: ${format} }`.replace(
      `"{{ config['start_date'] }}"`,
      `{ type: MinMaxDatetime, datetime: "{{ config['start_date'] }}", datetime_format: "%Y-%m-%d" }`,
    );
    await expectPass(itemsWith({ incremental }));
  });

  it('reads a few windows from a begin that is a count since the epoch', async () => {
    const incremental = byDay.replace('"%Y-%m-%d"', '"%s"').replace('P10D', 'PT1H').replace('P1D', 'PT1S');
    await expectPass(
      itemsWith({
        incremental,
        schema: 'id: { type: integer }\nupdated_at: { type: integer }',
        spec: 'token: { type: string, airbyte_secret: true }\nstart_date: { type: number, examples: [123131321] }',
      }),
    );
  });

  describe('where an error handler asks the answer whether it is one,', () => {
    const failing = (...predicates: readonly string[]) =>
      `error_handler: { type: DefaultErrorHandler, response_filters: [${predicates.map((each) => `{ action: FAIL, predicate: "{{ ${each} }}" }`)}] }`;
    const forms = [
      ["response.get('code') != 0"],
      ['not response.ok'],
      ['response.ok is false or response.ok is undefined'],
      ["response.status != 'success'"],
      ["response['meta']['code'] not in [0, 200]"],
      ["response.get('code') == 40100", "response.get('code') != 0 or not response.ok"],
      ["response.data | length == 0 or response.result.state != 'OK'"],
    ];

    it.each(forms)('answers so that %s is not met', async (...predicates) => {
      await expectPass(itemsWith({ requester: failing(...predicates) }));
    });

    it('says of a record no more than it has', async () => {
      await expectViolations(itemsWith({ requester: failing("response.data[0].kind != 'thing'") }), [
        { message: /^Stream "items" ends INCOMPLETE: / },
      ]);
    });

    it('answers logins and jobs so, too', async () => {
      const login = `{ type: SessionTokenAuthenticator, session_token_path: [token], request_authentication: { type: Bearer }, login_requester: { url: https://api.test/login, ${failing('not response.ok')} } }`;
      await expectPass(itemsWith().replace(/authenticator: .*/, `authenticator: ${login}`));
      await expectPass(jobsWith({ creation: failing("response.code != '00'") }));
    });
  });

  it.each([[''], [", '%d/%m/%Y'"]])(
    'reads a moment that is written anew, format_datetime(…%s), as it is before',
    async (given) => {
      const ms = byDay.replace('"%Y-%m-%d"', '"%Y-%m-%d"\ncursor_datetime_formats: ["%ms"]');
      await expectPass(
        itemsWith({
          incremental: ms,
          stream: `transformations: [{ type: AddFields, fields: [{ path: [updated_at], value: "{{ format_datetime(record.updated_at, '%ms'${given}) }}" }] }]`,
          schema: 'id: { type: integer }\nupdated_at: { type: integer }',
        }),
      );
    },
  );

  it('reads a list of which a template makes something else, as it is before', async () => {
    const labels =
      "{% set all = [] %}{% for label in (record.labels or []) %}{% set _ = all.append({ 'name': label.name }) %}{% endfor %}{{ all | join }}";
    await expectPass(
      itemsWith({
        stream: `transformations: [{ type: AddFields, fields: [{ path: [labels], value: "${labels}" }] }]`,
        schema: 'id: { type: integer }\nlabels: { type: string }',
      }),
    );
  });

  it('finds a stream that fails', async () => {
    await expectViolations(itemsWith({ path: '/{{ 1 / 0 }}' }), [
      { message: /^Stream "items" ends INCOMPLETE: /, stream: 'items' },
    ]);
  });

  it('leaves a format by which no time can be read to the rule that names it', async () => {
    const twice = itemsWith({ incremental: byDay.replace('"%Y-%m-%d"', '"%Y-%m-%m"') });
    const { notRun, violations } = await run(twice);
    expect(violations).toEqual([]);
    expect(notRun.map(({ reason }) => reason)).toEqual([
      'no time can be read by a format of it, which "manifest-valid" names',
    ]);
  });

  it('cannot look at a stream that needs a config of which nobody knows what it has', async () => {
    const without = itemsWith({ incremental: byDay }).replace(/spec:[\s\S]*/, '');
    const { notRun, violations } = await run(without);
    expect(violations).toEqual([]);
    expect(notRun.map(({ stream, reason }) => `${stream}: ${reason}`)).toEqual([
      'items: it reads the config, and without a "spec" nobody knows what a config has: a test file may have one',
    ]);
    const host = without.replace('https://api.test/items', "https://{{ config['host'] }}/items");
    expect(
      (await run(host.replace(/ {4}incremental_sync:[\s\S]*?(?= {4}schema_loader)/, ''))).violations,
    ).toEqual([]);
    const { node } = parseManifest({
      name: 'spec.yaml',
      text: 'connectionSpecification: { type: object, properties: { start_date: { type: string, format: date } } }\n',
    });
    await expectPass(without, { specFile: node });
    await expectPass(without, { config: { start_date: '2026-01-01' } });
  });

  it('stops at a step that makes a window of every second, and says so once', async () => {
    const incremental = byDay
      .replaceAll('%Y-%m-%d', '%Y-%m-%dT%H:%M:%SZ')
      .replace('P10D', 'PT1S')
      .replace('P1D', 'PT1S')
      .replace(
        `"{{ config['start_date'] }}"`,
        `{ type: MinMaxDatetime, datetime: "{{ config['start_date'] }}", datetime_format: "%Y-%m-%d" }`,
      );
    await expectViolations(itemsWith({ incremental }), [
      { message: /^Stream "items" sends more than 3000 requests to an API with a few records/, at: 'PT1S' },
    ]);
  });

  it('reads a stream of each combination of its parents and theirs to its end', async () => {
    const router = (...parents: readonly string[]) =>
      `[${parents.map((name) => `{ type: SubstreamPartitionRouter, parent_stream_configs: [{ type: ParentStreamConfig, parent_key: id, partition_field: ${name}_id, stream: "#/definitions/${name}" }] }`).join(', ')}]`;
    const level = (name: string, routers = '') => `
  ${name}:
    type: DeclarativeStream
    name: ${name}
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.test/${name}/{{ stream_partition }}" }
      record_selector: { extractor: { type: DpathExtractor, field_path: [] } }
      ${routers && `partition_router: ${routers}`}
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: integer } } } }`;
    await expectPass(`version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [posts] }
streams: ["#/definitions/posts"]
definitions:${level('teams')}${level('talks', router('teams'))}${level('threads', router('teams', 'talks'))}${level('posts', router('teams', 'talks', 'threads'))}
`);
  });
});
