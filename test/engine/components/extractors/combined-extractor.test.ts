import { readStream } from '../../../kit/read-manifest.ts';

const stream = (
  combined: string,
  { strategy = 'type: PageIncrement, page_size: 2', retriever = '' } = {},
) => `
name: items
retriever:
  requester: { url: https://api.test/items }
  record_selector: { extractor: { type: CombinedExtractor, ${combined} } }
  paginator:
    type: DefaultPaginator
    page_token_option: { inject_into: request_parameter, field_name: page }
    pagination_strategy: { ${strategy} }
  ${retriever}
`;
const both =
  'extractors: [{ type: DpathExtractor, field_path: [a] }, { type: DpathExtractor, field_path: [b] }]';
const of = (...ids: (number | null)[]) => ids.map((id) => (id === null ? null : { id }));
const ids = (records: readonly { readonly id?: unknown }[]) => records.map(({ id }) => id);

describe('CombinedExtractor', () => {
  it('takes the records of all extractors, in their order', async () => {
    const { records } = await readStream(stream(both), [{ body: { b: of(3), a: of(1) } }, { body: {} }]);
    expect(ids(records)).toEqual([1, 3]);
  });

  it('counts the records of all of them for the pagination', async () => {
    const { asked } = await readStream(stream(both), [
      { body: { a: of(1), b: of(2) } },
      { body: { a: of(3) } },
    ]);
    expect(asked).toHaveLength(2);
  });

  it('takes the records of the first extractor that finds any', async () => {
    const { records } = await readStream(stream(`mode: first_match, ${both}`), [
      { body: { a: of(1, 2), b: of(9) } },
      { body: { a: [], b: of(3) } },
    ]);
    expect(ids(records)).toEqual([1, 2, 3]);
  });

  it('leaves out empty records, which count for the pagination nevertheless', async () => {
    const yaml = stream(`skip_empty_records: true, ${both}`);
    const { records, asked, logs } = await readStream(yaml, [
      { body: { a: of(1, null) } },
      { body: { a: of(null, null) } },
      { body: { a: of(2) } },
    ]);
    expect(ids(records)).toEqual([1, 2]);
    expect(asked).toHaveLength(3);
    expect(logs.filter((line) => line.includes('skip_empty_records'))).toHaveLength(2);
  });

  it('does not take an extractor that finds only empty records for the first one', async () => {
    const yaml = stream(`mode: first_match, skip_empty_records: true, ${both}`);
    const { records, asked } = await readStream(yaml, [{ body: { a: of(null, null), b: of(1) } }]);
    expect(ids(records)).toEqual([1]);
    expect(asked).toHaveLength(1);
  });

  it('counts empty records before the first one of the extractor that is taken', async () => {
    const yaml = stream(`mode: first_match, skip_empty_records: true, ${both}`);
    const { asked } = await readStream(yaml, [{ body: { a: of(null, 1) } }, { body: {} }]);
    expect(asked).toHaveLength(2);
  });

  it('is refused with a decoder that reads a body once', async () => {
    const { errors } = await readStream(stream(both, { retriever: 'decoder: { type: JsonlDecoder }' }), []);
    expect(errors[0]).toMatchObject({
      kind: 'config_error',
      message: expect.stringContaining('several times'),
    });
  });

  it('is refused with offsets when a union is in it', async () => {
    const strategy = 'type: OffsetIncrement, page_size: 2';
    const nested = `mode: first_match, extractors: [{ type: CombinedExtractor, ${both} }]`;
    const { errors } = await readStream(stream(nested, { strategy }), []);
    expect(errors[0]).toMatchObject({
      kind: 'config_error',
      message: expect.stringContaining('OffsetIncrement'),
    });
    const { asked } = await readStream(stream(`mode: first_match, ${both}`, { strategy }), [
      { body: { a: of(1, 2) } },
      { body: { a: of(3) } },
    ]);
    expect(asked).toEqual(['GET /items', 'GET /items?page=2']);
  });

  it('needs an extractor', async () => {
    const { errors } = await readStream(stream('extractors: []'), []);
    expect(errors).toHaveLength(1);
  });
});
