import { manifestOf, readManifest, readStream } from '../../../kit/read-manifest.ts';

const stream = (selector: string, more = '') => `
name: items
retriever:
  requester: { url: https://api.test/items }
  record_selector: ${selector}
${more}`;
const extractor = 'extractor: { field_path: [data, items] }';
const warningsOf = (logs: readonly string[]) => logs.filter((log) => log.startsWith('WARN'));

describe('a stream without records', () => {
  it('says that the path of its extractor exists nowhere', async () => {
    const { logs, statuses } = await readStream(stream(`{ ${extractor} }`), [
      { body: { data: { rows: [{ id: 1 }] } } },
    ]);
    expect(warningsOf(logs)).toEqual([
      expect.stringMatching(/Stream "items" has no records: the "field_path".*the one page/),
    ]);
    expect(statuses.at(-1)).toBe('COMPLETE');
  });

  it.each([
    ['an empty list', { data: { items: [] } }],
    ['null', { data: { items: null } }],
    ['null on the way', { data: null }],
    ['nothing at all', {}],
  ])('says nothing where the API gives %s', async (_, body) => {
    const { logs } = await readStream(stream(`{ ${extractor} }`), [{ body }]);
    expect(warningsOf(logs)).toEqual([]);
  });

  it('says that its filter left everything out', async () => {
    const filter = 'record_filter: { condition: "{{ record.id > 5 }}" }';
    const body = { data: { items: [{ id: 1 }, { id: 2 }] } };
    const { logs } = await readStream(stream(`{ ${extractor}, ${filter} }`), [{ body }]);
    expect(warningsOf(logs)).toEqual([expect.stringMatching(/its "record_filter" left out all 2 records/)]);
    const kept = await readStream(stream(`{ ${extractor}, ${filter} }`), [
      { body: { data: { items: [{ id: 1 }, { id: 6 }] } } },
    ]);
    expect(warningsOf(kept.logs)).toEqual([]);
  });

  const child = (key: string) => `
name: kids
retriever:
  requester: { url: "https://api.test/kids/{{ stream_partition.pid }}" }
  record_selector: { extractor: { field_path: [] } }
  partition_router:
    type: SubstreamPartitionRouter
    parent_stream_configs:
      - parent_key: ${key}
        partition_field: pid
        stream:
          type: DeclarativeStream
          name: parents
          retriever:
            requester: { url: "https://api.test/parents" }
            record_selector: { extractor: { field_path: [] } }
`;
  const api = ({ url }: { readonly url: URL }) =>
    url.pathname === '/parents'
      ? {
          body: [
            { id: 1, at: { id: 'a' } },
            { id: 2, at: { id: 'b' } },
          ],
        }
      : { body: [{ id: url.pathname }] };

  it('says that no parent record has the key', async () => {
    const { logs } = await readManifest(manifestOf(child('at.id')), api);
    expect(warningsOf(logs)).toEqual([
      expect.stringMatching(
        /None of the 2 records of the parent stream "parents" has the "at\.id" \(parent_key\).*"kids".*"at\/id"/,
      ),
    ]);
    expect((await readManifest(manifestOf(child('at/id')), api)).records).toHaveLength(2);
  });
});
