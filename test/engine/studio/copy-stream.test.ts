import { readFileSync } from 'node:fs';
import { diffLines } from 'diff';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { streamNames, streamNode } from '../../../engine/manifest/written-streams.ts';
import { copyStream } from '../../../engine/studio/copy-stream.ts';
import { outlineOf } from '../../../engine/studio/outline.ts';
import { pathOf } from '../../../engine/studio/path-parameters.ts';
import { manifestOf } from './harness.ts';

const copied = (text: string, like: string, name: string, path: string) => {
  const result = copyStream(loadManifest({ name: 'x', text }), { like, name, path });
  const changes = diffLines(text, result.text).filter(({ added, removed }) => added || removed);
  return { ...result, names: streamNames(loadManifest({ name: 'x', text: result.text }).root), changes };
};

test('a stream in the list: its lines with another name and path, and a schema of which nothing is known', () => {
  const { text, names, line } = copied(manifestOf('http://x.test'), 'orders', 'invoices', '/invoices?paid=1');
  expect(names).toEqual(['orders', 'invoices']);
  expect(text).toContain('    name: invoices\n');
  expect(text).toContain('path: "/invoices?paid=1" }');
  expect(text).toContain('schema: { type: object, properties: {} }');
  expect(text.split('\n')[line - 1]).toBe('  - type: DeclarativeStream');
});

test('a stream among definitions: its definition, and its line in the list', () => {
  const { text, changes, line } = copied(
    readFileSync('manifests/intercom.yaml', 'utf8'),
    'tags',
    'labels',
    '/labels',
  );
  expect(changes.every(({ removed }) => !removed)).toBe(true);
  expect(changes.map(({ value }) => value)).toEqual([
    expect.stringContaining('    labels:\n      $ref: "#/definitions/list_stream"\n'),
    '  - $ref: "#/definitions/streams/labels"\n',
  ]);
  expect(changes[0]?.value).toContain('        path: /labels\n');
  expect(text.split('\n')[line - 1]).toBe('    labels:');
});

test.each(['contacts', 'companies', 'conversation_parts', 'ticket_contacts', 'activity_logs', 'brands'])(
  'every way of reading Intercom can be copied: %s',
  (like) => {
    const before = readFileSync('manifests/intercom.yaml', 'utf8');
    const path = like === 'conversation_parts' ? '/another/{id}' : '/another';
    const { names, changes } = copied(before, like, 'another_one', path);
    expect(names).toContain('another_one');
    expect(changes.every(({ removed }) => !removed)).toBe(true);
  },
);

test('the last stream of a text without a line end', () => {
  const text = `streams:\n- type: DeclarativeStream\n  name: a\n  retriever:\n    requester: {url: "https://x.test/a"}`;
  const { text: result, names } = copied(text, 'a', 'b', '/b');
  expect(names).toEqual(['a', 'b']);
  expect(result).toContain('{url: "https://x.test/b"}');
});

test('a path as documentation shows it becomes the parameters that make it so', () => {
  const before = readFileSync('manifests/intercom.yaml', 'utf8');
  const { text, changes } = copied(
    before,
    'newsfeed_items',
    'collection_notes',
    '/collections/{collection_id}/notes',
  );
  expect(changes[0]?.value).toContain('        path: /collections\n');
  expect(changes[0]?.value).toContain('        list: notes\n');
  const { root } = loadManifest({ name: 'x', text });
  expect(pathOf(streamNode(root, 'collection_notes'))).toBe(pathOf(streamNode(root, 'newsfeed_items')));
});

const withItems = (path: string) =>
  manifestOf('http://x.test').replace(
    'spec:',
    `  - type: DeclarativeStream
    name: order_items
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester: { $ref: "#/definitions/requester", path: "${path}" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: id, partition_field: order_id, stream: { $ref: "#/streams/0" } }
spec:`,
  );

test.each(['/orders/{id}/notes', '/orders/:order_id/notes', 'orders/<id>/notes'])(
  'the place of an id is that of the other stream: %s',
  (path) => {
    const { text } = copied(
      withItems('/orders/{{ stream_partition.order_id }}/items'),
      'order_items',
      'notes',
      path,
    );
    expect(text).toContain('path: "/orders/{{ stream_partition.order_id }}/notes"');
  },
);

test.each([
  [
    'orders',
    '/orders/{id}/notes',
    '"orders" is not read by ids. Choose one that is read for each record of another one: "order_items".',
  ],
  ['order_items', '/notes', '"order_items" is read for each record of another stream'],
  ['order_items', '/a/{id}/b/{other}', 'write its id as {id} in the path'],
])(
  'an id without a partition, or the other way round, is refused with what to do: %s %s',
  (like, path, message) => {
    expect(() =>
      copied(withItems('/orders/{{ stream_partition.order_id }}/items'), like, 'notes', path),
    ).toThrow(message);
  },
);

test('only the path of the stream itself is another one; where that is not in its lines, it says so', () => {
  const before = readFileSync('manifests/intercom.yaml', 'utf8');
  const { changes, isWithoutPath } = copied(before, 'company_segments', 'people', '/companies/{id}/contacts');
  expect(isWithoutPath).toBe(true);
  expect(changes[0]?.value).not.toContain('/contacts');
  const outline = outlineOf(loadManifest({ name: 'x', text: before }));
  const has = (wanted: string) => outline.find(({ name }) => name === wanted)?.hasPath;
  expect(['company_segments', 'company_notes', 'tags', 'newsfeed_items'].map(has)).toEqual([
    false,
    true,
    true,
    true,
  ]);
});

test('what is copied besides is told, each with its line', () => {
  const intercom = copied(readFileSync('manifests/intercom.yaml', 'utf8'), 'tags', 'labels', '/labels');
  const lines = intercom.text.split('\n');
  const told = intercom.copied.map(({ label, line }) => [label, lines[line - 1]?.trim()]);
  expect(told).toContainEqual(['permission: Read tags', 'permission: Read tags']);
  expect(told).toContainEqual(['records: data', 'records: data']);
  expect(intercom.copied.at(-1)?.label).toContain('suggestedStreams');
  const shop = copied(manifestOf('http://x.test'), 'orders', 'invoices', '/invoices');
  expect(shop.copied.map(({ label }) => label)).toEqual(['primary_key: id', 'field_path: [data]']);
});

test('what cannot be copied is said', () => {
  const text = manifestOf('http://x.test');
  expect(() => copied(text, 'orders', 'orders', '/x')).toThrow('There is a stream "orders" already.');
  expect(() => copied(text, 'nothing', 'x', '/x')).toThrow('"nothing" does not stand in the list');
});
