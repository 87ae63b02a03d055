import { gzipSync } from 'node:zlib';
import { readStream } from '../../../kit/read-manifest.ts';

const stream = (decoder: string) => `
name: items
retriever:
  type: SimpleRetriever
  decoder: { ${decoder} }
  requester: { type: HttpRequester, url: https://api.test/items }
  record_selector: { extractor: { type: DpathExtractor, field_path: [] } }
schema_loader: { type: InlineSchemaLoader, schema: {} }
`;
const surroundings = { env: { MANIFOLD_RECORD_LIMIT_MB: '1', MANIFOLD_BODY_LIMIT_MB: '1' } };
const mega = 2 ** 20;
const long = 'a'.repeat(mega);

test.each([
  ['type: JsonlDecoder', `{"a":1}\n{"a":"${long}`, 'line 2 of the JSON Lines'],
  ['type: JsonlDecoder', ' '.repeat(mega + 1), 'line 1 of the JSON Lines'],
  ['type: IterableDecoder', `a\nb\n${long}a`, 'line 3'],
  ['type: JsonItemsDecoder, items_path: x', `{"x":[1,2,"${long}`, 'after 2 items of "x"'],
  ['type: JsonItemsDecoder, items_path: x', `{"x${long}`, 'after 0 items of "x"'],
  ['type: CsvDecoder', `a\n1\n"${long}`, 'row 3 of the CSV, whose quote may never be closed'],
  ['type: CsvDecoder', `a\n${',1'.repeat(mega / 2)},`, 'row 2 of the CSV'],
])('%s refuses a record that is longer than any is', async (decoder, body, place) => {
  const { errors } = await readStream(stream(decoder), [{ body }], { surroundings });
  expect(errors[0]?.message).toContain(`The answer of api.test has a record of more than 1 MB (${place}`);
  expect(errors[0]?.message).toContain('raise MANIFOLD_RECORD_LIMIT_MB');
});

test('what is long but no record is read', async () => {
  const body = `{"x":[${'{"a":"1234567890"},'.repeat(60_000)}{"a":2}],"y":"${long}"}`;
  const { records, errors } = await readStream(stream('type: JsonItemsDecoder, items_path: x'), [{ body }], {
    surroundings,
  });
  expect(errors).toEqual([]);
  expect(records).toHaveLength(60_001);
});

test('what is held whole inside of an archive has the limit of whole bodies', async () => {
  const body = gzipSync(JSON.stringify([long]));
  const { errors } = await readStream(
    stream('type: GzipDecoder, decoder: { type: JsonDecoder }'),
    [{ body }],
    {
      surroundings,
    },
  );
  expect(errors[0]?.message).toContain('The answer of api.test is larger than 1 MB');
});
