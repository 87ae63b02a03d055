import { readManifest } from '../../kit/read-manifest.ts';
import type { Answers } from '../../kit/scope.ts';

const selector =
  'record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }';
const retriever = (path: string, more = '') =>
  `{ type: SimpleRetriever, ${selector}, requester: { type: HttpRequester, url: "https://api.test/${path}", http_method: GET${more} } }`;
const manifest = `
version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [plain] }
streams:
  - { type: DeclarativeStream, name: plain, retriever: ${retriever('plain')} }
dynamic_streams:
  - type: DynamicDeclarativeStream
    name: tables
    components_resolver:
      type: HttpComponentsResolver
      retriever: ${retriever('tables')}
      components_mapping:
        - { type: ComponentMappingDefinition, field_path: [name], value: "{{ components_values.name }}" }
        - { type: ComponentMappingDefinition, field_path: [retriever, requester, http_method], value: "{{ components_values.method }}" }
    stream_template: { type: DeclarativeStream, name: "", retriever: ${retriever('rows')} }
`;
const tables = [
  { name: 'one', method: 'GET' },
  { name: 'two', method: 'FETCH' },
];

/** Reads the streams, each with the state of an earlier sync. */
const read = (answers: Answers, streams: readonly string[]) =>
  readManifest(manifest, answers, { streams, state: { updated_at: '2024-01-01' } });

describe('dynamic streams under faults', () => {
  it('fail alone when one of them cannot be made', async () => {
    const { records, errors, events, states } = await read(
      ({ url }) => ({ body: url.pathname === '/tables' ? tables : [{ from: url.pathname }] }),
      ['plain', 'one', 'two'],
    );
    expect(records).toEqual([{ from: '/plain' }, { from: '/rows' }]);
    expect(errors.map(({ message }) => message)).toEqual([
      '"http_method" of HttpRequester is wrong: one of "GET", "POST" is expected.',
    ]);
    expect(events.filter((event) => event === 'COMPLETE' || event === 'INCOMPLETE').sort()).toEqual([
      ...['COMPLETE', 'COMPLETE', 'INCOMPLETE'],
    ]);
    expect(states).toHaveLength(2);
  });

  it('fail without a state when nobody can say what they are, and the others are read', async () => {
    const { records, errors, states } = await read(
      ({ url }) => (url.pathname === '/tables' ? { status: 403 } : { body: [{ id: 1 }] }),
      ['plain', 'one', 'two'],
    );
    expect(records).toEqual([{ id: 1 }]);
    expect(states).toHaveLength(1);
    expect(errors).toHaveLength(2);
    for (const { message } of errors) expect(message).toContain('/tables answered 403');
  });

  it('fail together when two of them have the same name', async () => {
    const twice = [...tables, { name: 'one', method: 'GET' }];
    const { records, errors } = await read(
      ({ url }) => ({ body: url.pathname === '/tables' ? twice : [{ from: url.pathname }] }),
      ['plain', 'one'],
    );
    expect(records).toEqual([{ from: '/plain' }]);
    expect(errors.map(({ message }) => message)).toEqual(['Two dynamic streams have the same name "one".']);
  });

  it('are unknown only when all of them are known', async () => {
    const answers: Answers = ({ url }) => ({ body: url.pathname === '/tables' ? tables : [] });
    const { errors } = await read(answers, ['plain', 'tow']);
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('Did you mean "two"')]);
  });
});
