import { readStream } from '../../../kit/read-manifest.ts';

const stream = `
name: items
retriever:
  type: SimpleRetriever
  requester: { type: HttpRequester, url: https://api.test/items }
  record_selector:
    extractor: { field_path: [data] }
    record_filter: { condition: "{{ record.id % 2 == 0 }}" }
schema_loader: { type: InlineSchemaLoader, schema: {} }
`;
const page = { body: { data: Array.from({ length: 100 }, (_, id) => ({ id })) } };

describe('a page whose records take long', () => {
  beforeEach(() => {
    // Every record takes a second.
    let time = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => {
      time += 1000;
      return time;
    });
  });
  afterEach(() => jest.restoreAllMocks());

  it('is read whole, in many turns', async () => {
    const { records, errors } = await readStream(stream, [page]);
    expect(errors).toEqual([]);
    expect(records.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, index) => index * 2));
  });

  it('stops between two records when it is told to', async () => {
    const stop = new AbortController();
    setImmediate(() => setImmediate(() => stop.abort(new Error('told to stop'))));
    const read = await readStream(stream, [page], { surroundings: { signal: stop.signal } });
    expect(read.records.length).toBeGreaterThan(0);
    expect(read.records.length).toBeLessThan(50);
    expect(read.statuses.at(-1)).toBe('INCOMPLETE');
  });
});
