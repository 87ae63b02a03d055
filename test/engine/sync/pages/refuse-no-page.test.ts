import { gzipSync } from 'node:zlib';
import type { LineFormat } from '../../../../engine/contract/lines.ts';
import { readStream } from '../../../kit/read-manifest.ts';

interface Stream {
  readonly path?: string;
  readonly decoder?: string;
  readonly extractor?: string;
  /** A response filter. */
  readonly filter?: string;
  readonly key?: string;
}

const stream = ({
  path = '[data]',
  decoder = '{ type: JsonDecoder }',
  extractor,
  filter,
  key = 'id',
}: Stream) => `
name: items
primary_key: ${key}
retriever:
  requester:
    url: https://api.test/items
    error_handler: { max_retries: 1, response_filters: [${filter ?? ''}] }
  decoder: ${decoder}
  record_selector: { extractor: ${extractor ?? `{ field_path: ${path} }`} }
`;

const lines: LineFormat = { head: '', tail: () => '\n', withoutNulls: false };

/** Read as objects, and as lines where that goes; they end alike. */
async function read(body: unknown, given: Stream = {}) {
  const all = await Promise.all([
    readStream(stream(given), () => ({ body })),
    readStream(stream(given), () => ({ body }), { lines }),
  ]);
  const [first, second] = all.map(({ statuses, errors, asked }) => ({
    status: statuses.at(-1),
    says: errors.map(({ message }) => message).join(),
    asked: asked.length,
  }));
  expect(second).toEqual(first);
  return { ...first, records: all[0].records };
}

describe('an answer that is no page', () => {
  test.each<[what: string, body: unknown, says: string, given?: Stream]>([
    [
      'an error',
      { error: { message: 'quota used up' } },
      'is an error, and no page of records: "quota used up"',
    ],
    ['an error beside a null', { errors: [{ message: 'boom' }], data: null }, 'boom'],
    ['a message and nothing else', { message: 'Rate limit exceeded' }, 'Rate limit exceeded'],
    [
      'an error on the way to the records',
      { data: { error: 'not you' } },
      '"not you"',
      { path: '[data, items]' },
    ],
    ['an error in the answer of a stream', '[{"error": {"message": "out"}}]', 'out', { path: '[results]' }],
    ['null', 'null', 'cannot be read as a JSON object or list'],
    ['a number', '0', 'it is "0"'],
    ['false, where the whole is the list', 'false', 'it is "false"', { path: '[]' }],
    [
      'a text on the way to the records',
      { data: 'Unauthorized' },
      'of another kind',
      { path: '[data, items]' },
    ],
    ['a list of texts', ['a'], 'is of another kind than the path of the records needs: "["a"]"'],
    ['the records themselves', [{ id: 1 }], 'of another kind'],
    [
      'the records themselves, further up',
      { data: [{ id: 1 }] },
      'of another kind',
      { path: '[data, items]' },
    ],
    [
      'an error packed in gzip',
      gzipSync('{"ok":false,"error":"not_authed"}'),
      'not_authed',
      { decoder: '{ type: GzipDecoder, decoder: { type: JsonDecoder } }' },
    ],
    [
      'no byte where gzip should be',
      '',
      'cannot be read as gzip',
      { decoder: '{ type: GzipDecoder, decoder: { type: JsonDecoder } }' },
    ],
    [
      'an error read item by item',
      { error: 'not now' },
      'not now',
      { decoder: '{ type: JsonItemsDecoder, items_path: data }', path: '[]' },
    ],
    [
      'another root element',
      '<html><body>busy</body></html>',
      'has another root element',
      { decoder: '{ type: XmlDecoder }', path: '[items, item]' },
    ],
    [
      'an error of SOAP',
      '<s:Envelope><s:Fault><faultstring>down</faultstring></s:Fault></s:Envelope>',
      '"down"',
      { decoder: '{ type: XmlDecoder }', path: '[items, item]' },
    ],
    [
      'an error in the right root',
      '<rsp stat="fail"><err code="105" msg="Service down"/></rsp>',
      'Service down',
      { decoder: '{ type: XmlDecoder }', path: '[rsp, photo]' },
    ],
    [
      'null in a line',
      '{"id":1}\nnull\n',
      'JSON Lines (line 2)',
      { decoder: '{ type: JsonlDecoder }', path: '[]' },
    ],
    [
      'an error where several extractors look',
      { error: 'none of your business' },
      'none of your business',
      {
        extractor:
          '{ type: CombinedExtractor, extractors: [{ type: DpathExtractor, field_path: [a] }, { type: DpathExtractor, field_path: [b, c] }] }',
      },
    ],
    ['an error under a path with a pattern', { error: 'x y z' }, 'x y z', { path: '[data, "*", items]' }],
  ])('%s is asked for again, then the stream fails', async (_, body, says, given = {}) => {
    const ended = await read(body, given);
    expect(ended).toMatchObject({ status: 'INCOMPLETE', asked: 2, says: expect.stringContaining(says) });
  });

  it('may be a page the next time', async () => {
    const ended = await readStream(stream({}), [{ body: { error: 'x' } }, { body: { data: [{ id: 1 }] } }]);
    expect(ended.records).toEqual([{ id: 1 }]);
  });

  it('is not told with what is secret in it', async () => {
    const ended = await read({ error: 'refused https://me:hidden@host/?api_key=hidden' });
    expect(ended.says).toContain('refused');
    expect(ended.says).not.toContain('hidden');
  });
});

test.each<[what: string, body: unknown, given?: Stream]>([
  ['an empty object', {}],
  ['an empty list, as PHP writes an empty object', []],
  ['null at the place of the records', { data: null }],
  ['an empty text there', { data: '', total: 0 }],
  ['another field', { total: 0, next: null }],
  ['a message that says so', { message: 'No records found' }],
  ['null for the list itself, as Go writes it', 'null', { path: '[]' }],
  ['documents of which each leaves it out', [{ fieldMask: 'id' }, {}], { path: '[results]' }],
  ['no lines', '', { decoder: '{ type: JsonlDecoder }', path: '[]' }],
  [
    'an empty element of another name, as Rails writes it',
    '<nil-classes type="array"/>',
    { decoder: '{ type: XmlDecoder }', path: '[items, item]' },
  ],
  ['an empty root', '<items/>', { decoder: '{ type: XmlDecoder }', path: '[items, item]' }],
  [
    'null item by item',
    { data: null },
    { decoder: '{ type: JsonItemsDecoder, items_path: data }', path: '[]' },
  ],
])('%s is an empty page', async (_, body, given = {}) => {
  expect(await read(body, given)).toMatchObject({ status: 'COMPLETE', asked: 1, says: '' });
});

it.each([
  ['the records are there', { error: 'partly', data: [{ id: 1 }] }, undefined],
  ['an empty list is there', { error: 'partly', data: [] }, undefined],
  [
    'a filter ignores it',
    { error: 'no such report' },
    `{ predicate: "{{ 'error' in response }}", action: IGNORE }`,
  ],
  ['a filter calls it a success', { error: 'no such report' }, '{ http_codes: [200], action: SUCCESS }'],
])('does not look at what else is said when %s', async (_, body, filter) => {
  const ended = await read(body, filter === undefined ? {} : { filter });
  expect(ended).toMatchObject({ status: 'COMPLETE', asked: 1 });
});
