import { readFileSync } from 'node:fs';
import type { MappingNode } from '../../../engine/manifest/node.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';
import { readSnapshot, takeSnapshot } from '../../../engine/manifest/snapshot.ts';

function parse(text: string): MappingNode {
  const { node } = parseManifest({ name: 'm.yaml', text });
  if (node === undefined) throw new Error('The text of the test is no manifest.');
  return node;
}

function roundTrip(text: string): MappingNode | undefined {
  const snapshot = JSON.parse(JSON.stringify(takeSnapshot(parse(text))));
  return readSnapshot(snapshot, { name: 'm.yaml', text });
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
  const snapshot = takeSnapshot(parse('a: 1\n'));
  expect(snapshot && readSnapshot(snapshot, { name: 'm.yaml', text: 'a: 2\n' })).toBeUndefined();
});

it.each([
  'a: &x 1\nb: *x\n',
  '200: a\n',
  'a: 99999999999999999999\n',
  'a: .inf\n',
  'a: &x {b: 1}\nc: {<<: *x}\n',
])('there is none of what JSON cannot hold: %j', (text) => {
  expect(takeSnapshot(parse(text))).toBeUndefined();
});
