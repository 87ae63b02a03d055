import { parseConfiguredCatalog } from '../../../engine/protocol/configured-catalog.ts';

const source = { name: 'catalog.json' };

test('reads names, modes and what the user chose', () => {
  const catalog = parseConfiguredCatalog(
    {
      streams: [
        {
          stream: { name: 'users', json_schema: {} },
          sync_mode: 'incremental',
          destination_sync_mode: 'append',
          cursor_field: ['updated_at'],
        },
      ],
    },
    source,
  );
  expect(catalog.streams.map(({ stream, cursor_field }) => [stream.name, cursor_field])).toEqual([
    ['users', ['updated_at']],
  ]);
});

test('names the place of what does not fit', () => {
  expect(() => parseConfiguredCatalog({ streams: [{ stream: {} }] }, source)).toThrow(
    'The catalog catalog.json cannot be used: "streams[0].stream.name" is missing.',
  );
});

test.each([
  ['message', { type: 'CATALOG', catalog: { streams: [{ name: 'users', json_schema: {} }] } }],
  ['catalog', { streams: [{ name: 'users', json_schema: {} }] }],
])('recognises the %s that discover prints', (_, discovered) => {
  expect(() => parseConfiguredCatalog(discovered, source)).toThrow(
    'It looks like what "discover" prints: each of its streams must be under "stream", beside a "sync_mode".',
  );
});

test('shows the place of what does not fit, where the text is at hand', () => {
  const text = '{"streams": [\n  {"stream": {"name": "a"}, "sync_mode": "ful"}\n]}';
  const parse = () => parseConfiguredCatalog(JSON.parse(text), { name: 'c.json', text });
  expect(parse).toThrow(
    expect.objectContaining({ nodes: [expect.objectContaining({ start: text.indexOf('"ful"') })] }),
  );
});
