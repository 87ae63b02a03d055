import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { components } from '../../../engine/components/index.ts';
import { createRegistry } from '../../../engine/language/registry.ts';
import type { MappingNode } from '../../../engine/manifest/node.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';
import { readChecked } from '../../../engine/manifest/read-checked.ts';
import { readManifest } from '../../../engine/manifest/read-manifest.ts';
import { readSnapshot, takeSnapshot } from '../../../engine/manifest/snapshot.ts';

function parse(text: string): MappingNode {
  const { node } = parseManifest({ name: 'm.yaml', text });
  if (node === undefined) throw new Error('The text of the test is no manifest.');
  return node;
}

function roundTrip(text: string): MappingNode | undefined {
  const snapshot = JSON.parse(JSON.stringify(takeSnapshot({ root: parse(text), classNames: [] })));
  return readSnapshot(snapshot, { name: 'm.yaml', text })?.root;
}

it('a tree comes back from JSON as it was, places included', () => {
  const text =
    'a: 1\nb: [1.0, 1.5, "x", \'y\', ~, yes]\nc/d:\n  e~f: 2024-01-01\n  g: |\n    text\n  h: >-\n    more\ni:\n';
  expect(roundTrip(text)).toEqual(parse(text));
});

it('the bundled manifest comes back as it was', () => {
  const text = readFileSync('manifests/intercom.yaml', 'utf8');
  expect(roundTrip(text)).toEqual(parse(text));
});

it('a snapshot of another text is not taken for this one', () => {
  const snapshot = takeSnapshot({ root: parse('a: 1\n'), classNames: [] });
  expect(snapshot && readSnapshot(snapshot, { name: 'm.yaml', text: 'a: 2\n' })).toBeUndefined();
});

it.each([
  'a: &x 1\nb: *x\n',
  '200: a\n',
  'a: 99999999999999999999\n',
  'a: .inf\n',
  'a: &x {b: 1}\nc: {<<: *x}\n',
])('there is none of what JSON cannot hold: %j', (text) => {
  expect(takeSnapshot({ root: parse(text), classNames: [] })).toBeUndefined();
});

describe('what was checked before', () => {
  const { defaultTypeOf } = createRegistry(components);

  function readBoth(text: string) {
    const source = { name: 'm.yaml', text };
    const snapshot = takeSnapshot({ root: parse(text), classNames: [] });
    const tree = snapshot && readSnapshot(snapshot, source);
    if (tree === undefined) throw new Error('The text of the test cannot be kept.');
    const { node, diagnostics } = readManifest(source, { defaultTypeOf });
    expect(diagnostics).toEqual([]);
    return { whenNeeded: readChecked(tree, defaultTypeOf), atOnce: node };
  }

  it('is read as the text is, references, parameters and places included', () => {
    const { whenNeeded, atOnce } = readBoth(readFileSync('manifests/intercom.yaml', 'utf8'));
    // A few hundred thousand values: jest's own comparison takes half a minute for them.
    expect(isDeepStrictEqual(whenNeeded, atOnce)).toBe(true);
  });

  it.each([
    // Fields beside a reference win; references lead through others, into lists, and to keys with slashes.
    'definitions:\n  a: {type: A, x: 1, $parameters: {p: 1}}\n  b/c: {$ref: "#/definitions/a", x: 2, y: ["#/definitions/d"]}\n  d: {e: 5}\nstreams:\n  - "#/definitions/b/c"\n  - $ref: "#/definitions/d/e"\n',
    // A reference to a part of what a reference stands in.
    'streams: [{$ref: "#/definitions/s"}]\ndefinitions: {s: {type: S, config_overrides: {a: "#/no"}, q: {$ref: "#/definitions/t"}}, t: [1, {u: 2}]}\n',
  ])('is read as the text is: %s', (text) => {
    const { whenNeeded, atOnce } = readBoth(text);
    expect(whenNeeded).toEqual(atOnce);
  });
});
