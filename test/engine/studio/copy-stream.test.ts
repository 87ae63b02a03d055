import { readFileSync } from 'node:fs';
import { diffLines } from 'diff';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { streamNames } from '../../../engine/manifest/written-streams.ts';
import { copyStream } from '../../../engine/studio/copy-stream.ts';
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
    const { names, changes } = copied(before, like, 'another_one', '/another');
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

test('what cannot be copied is said', () => {
  const text = manifestOf('http://x.test');
  expect(() => copied(text, 'orders', 'orders', '/x')).toThrow('There is a stream "orders" already.');
  expect(() => copied(text, 'nothing', 'x', '/x')).toThrow('"nothing" does not stand in the list');
});
