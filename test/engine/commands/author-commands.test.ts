import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { estimate } from '../../../engine/commands/preview/estimate.ts';
import { evaluate } from '../../../engine/commands/preview/evaluate.ts';
import { explain } from '../../../engine/commands/preview/explain.ts';
import { why } from '../../../engine/commands/preview/why.ts';
import { testEnvironment } from '../../kit/environment.ts';
import { type Answers, fakeClock, fakeTransport } from '../../kit/scope.ts';

const manifest = `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
api_budget:
  type: HTTPAPIBudget
  policies:
    - { type: MovingWindowCallRatePolicy, rates: [{ limit: 100, interval: PT1M }], matchers: [] }
streams:
  - type: DeclarativeStream
    name: items
    primary_key: id
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: {} } } }
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: https://api.test/items
        request_parameters: { who: "{{ config['name'] }}" }
      record_selector:
        type: RecordSelector
        extractor: { type: DpathExtractor, field_path: [data] }
        record_filter: { type: RecordFilter, condition: "{{ record.size < 5 }}" }
      partition_router: { type: ListPartitionRouter, values: [a, b, c], cursor_field: letter }
      paginator:
        type: DefaultPaginator
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
        pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}" }
  - type: DeclarativeStream
    name: parts
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.test/parts" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: id, partition_field: item, stream: { $ref: "#/streams/0" } }
spec:
  type: Spec
  connection_specification: { type: object, properties: { key: { type: string, airbyte_secret: true } } }
`;

let folder = '';
let path = '';
let config = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-authors-'));
  path = join(folder, 'shop.yaml');
  config = join(folder, 'config.json');
  writeFileSync(path, manifest);
  writeFileSync(config, '{"name":"Ada","key":"k3y=zzk3y"}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answers: Answers = ({ url }) => {
  if (url.pathname === '/parts') return { body: [] };
  const isLast = url.searchParams.has('after');
  return { body: { data: [{ id: isLast ? 2 : 1, size: isLast ? 9 : 1 }], ...(!isLast && { next: 'p2' }) } };
};

const environment = () => testEnvironment({ transport: fakeTransport(answers), clock: fakeClock() });

describe('eval', () => {
  async function run(template: string, at: string, page = '1') {
    const process = environment();
    const exitCode = await evaluate([path, template], { at, page, config }, process);
    return { exitCode, out: process.written() };
  }

  test('what is sent, the value with its type, and each part', async () => {
    expect(
      await run("{{ response.next ~ '-' ~ response.data[0].id }}", 'items.paginator.cursor_value'),
    ).toEqual({
      exitCode: 0,
      out: `sent    "p2-1"
value   'p2-1'   str
  response.next          'p2'   str
  response.data[0].id    1   int
`,
    });
  });

  test('on another page', async () => {
    const { out } = await run('{{ response.data[0].size }}', 'items.paginator.cursor_value', '2');
    expect(out).toBe('sent    9\nvalue   9   int\n');
  });

  test('a field inside of a mapping sees what the mapping sees', async () => {
    const { out } = await run("{{ config['name'] | upper }}", 'items.requester.request_parameters.who');
    expect(out).toContain("value   'ADA'   str");
  });

  test.each([
    "{{ config['key'] | upper }}",
    "{{ config['key'][4:] }}",
    "{{ config['key'] | list }}",
    "{{ config['key'].split('=') }}",
    "{{ config['key'] + 1 }}",
    "{{ 'a' if config['key'][0] == 'k' else 'b' }}",
  ])('%s tells nothing of the secret', async (template) => {
    const { out } = await run(template, 'items.requester.request_parameters.who');
    expect(out).toContain('****');
    expect(out.replaceAll(template.slice(3, -3), '')).not.toMatch(/k3y|K3Y|zz/i);
  });

  test('what has nothing to do with a secret stays', async () => {
    const at = 'items.requester.request_parameters.who';
    const { out } = await run("{{ [config['name'], config['key'] | length] }}", at);
    expect(out).toContain("value   ['Ada', 9]   list");
  });

  test('a name that the slot lacks is told with the slots that have it', async () => {
    expect(await run('{{ response.next }}', 'items.requester.url')).toEqual({
      exitCode: 1,
      out: '"response" is not known at items.requester.url: cursor_value sees it. Known here: config, parameters.\n',
    });
  });

  test('the manifest may be named by an option, once', async () => {
    const process = environment();
    const given = { at: 'items.requester.url', page: '1', config, manifestPath: path };
    expect(await evaluate(['{{ 1 }}'], given, process)).toBe(0);
    expect(process.written()).toContain('sent    1\n');
    await expect(evaluate(['other.yaml', '{{ 1 }}'], given, environment())).rejects.toThrow(
      'Two manifests are named: other.yaml, and by -m',
    );
  });

  test('a template that is missing is told as such', async () => {
    await expect(
      evaluate(['shop.yaml'], { at: 'items.requester.url', page: '1', config }, environment()),
    ).rejects.toThrow('shop.yaml looks like a manifest, and the template is missing: manifold eval FILE');
  });

  test('what is no slot', async () => {
    await expect(run('{{ 1 }}', 'items.paginatr')).rejects.toThrow('Did you mean "paginator"?');
    await expect(run('{{ 1 }}', 'itms.paginator')).rejects.toThrow('there is no stream "itms"');
    await expect(run('{{ 1', 'items.requester.url')).rejects.toThrow('The template cannot be read');
  });
});

describe('why', () => {
  const limits = { pages: '9', slices: '9' };
  async function run(asked: string) {
    const process = environment();
    const exitCode = await why([path, 'items', asked], { ...limits, config }, process);
    return { exitCode, out: process.written() };
  }
  test('dropped, in each slice', async () => {
    const { exitCode, out } = await run('id=2');
    expect(exitCode).toBe(0);
    expect(out.split('\n').slice(0, 3)).toEqual(
      ['a', 'b', 'c'].map(
        (letter, index) =>
          `id=2: on page 2 of slice ${index + 1} (letter=${letter}), dropped by record_filter (l.22): \`record.size < 5\` was false, since record.size is 9`,
      ),
    );
  });
  test('not there', async () => {
    const { exitCode, out } = await run('id=7');
    expect(exitCode).toBe(1);
    expect(out).toContain('The API gave no record with id 7 in 6 pages of 3 slices');
  });
  test('the manifest may be named by an option, once', async () => {
    const process = environment();
    expect(await why(['items', 'id=2'], { ...limits, config, manifestPath: path }, process)).toBe(0);
    expect(process.written()).toBe((await run('id=2')).out);
    const both = why([path, 'items', 'id=2'], { ...limits, config, manifestPath: 'other.yaml' }, process);
    await expect(both).rejects.toThrow(`Two manifests are named: ${path}, and by -m other.yaml.`);
  });
  test('a stream that is missing is told as such', async () => {
    await expect(why(['shop.yaml', 'id=2'], { ...limits, config }, environment())).rejects.toThrow(
      'shop.yaml looks like a manifest, and the stream is missing: manifold why FILE STREAM FIELD=VALUE.',
    );
  });
  test('what names no record is told', async () => {
    const given = [path, 'items'] as const;
    await expect(why(given, { ...limits, config }, environment())).rejects.toThrow(
      '"items" names no record: write FIELD=VALUE, such as id=5.',
    );
  });
});

describe('explain', () => {
  test('a check of test', async () => {
    const process = environment();
    expect(await explain('pk-declared', undefined, {}, process)).toBe(0);
    expect(process.written()).toMatch(
      /^pk-declared \(static, warning\) passes when each stream has a primary key/,
    );
  });

  test.each([
    ['pk-decalred', 'Did you mean "pk-declared"?'],
    ['known-feilds', 'Did you mean "known-fields"?'],
    ['xyzzy', 'Codes of "manifold validate": manifest, fields, '],
    ['xyzzy', '"manifold test --list" lists the others.'],
  ])('what is neither a code nor a check: %s', async (id, hint) => {
    await expect(explain(id, undefined, {}, environment())).rejects.toThrow(hint);
  });

  test('a manifest that is not there', async () => {
    await expect(explain('nowhere.yaml', undefined, {}, environment())).rejects.toThrow(
      'The manifest nowhere.yaml could not be read: there is no such file.',
    );
  });

  async function run(subject: string, stream?: string, options: { md?: boolean; config?: string } = {}) {
    const process = environment();
    await explain(subject, stream, options, process);
    return process.written();
  }

  test('a stream', async () => {
    expect(await run(path, 'items', { config })).toBe(`items
  asks     GET https://api.test/items (l.16)
           request parameters: who (l.18)
  slices   one for each of ["a","b","c"] (l.23)
           now: 3, so at least 3 requests
  pages    CursorPagination (l.27)
           cursor value: {{ response.next }} (l.27)
           the token goes into request parameter "after" (l.26)
  records  at data (l.21)
           kept where {{ record.size < 5 }} (l.22)
           primary key: id
  waits    as usual: 429 and 5xx are tried again, five times at most
  state    none: the next sync reads everything again
`);
  });

  test('all streams, as a page', async () => {
    const text = await run(path, undefined, { md: true });
    expect(text).toContain('## items\n\n- **asks**: GET https://api.test/items (l.16);');
    expect(text).toContain('## parts');
    expect(text).toContain('one for each record of items');
    expect(text.slice(text.indexOf('## parts'))).toContain('**pages**: one: the stream has no paginator');
  });

  test('a code', async () => {
    const text = await run('known-fields');
    expect(text).toContain('not   { type: PageIncrement, pagesize: 100 }');
    await expect(run('known-feilds')).rejects.toThrow('Did you mean "known-fields"?');
  });
});

test('estimate: slices × pages, at the rate of the budget', async () => {
  const process = environment();
  expect(await estimate(path, [], { config }, process)).toBe(0);
  expect(process.written()).toBe(`stream        slices    requests     records        time
items              3         ≥ 3         ≥ 3     ≥ 1.8 s
parts              ?           ?           ?           ?

at least 3 requests, about 1.8 s at 100 per 60 s: 3 % of one window.
? how many slices there are is known only to those who read the parents.
`);
});

test('estimate as messages of the protocol', async () => {
  const process = environment();
  await estimate(path, ['items'], { config, trace: true }, process);
  expect(JSON.parse(process.written())).toMatchObject({
    type: 'TRACE',
    trace: { type: 'ESTIMATE', estimate: { name: 'items', type: 'STREAM', row_estimate: 3 } },
  });
});
