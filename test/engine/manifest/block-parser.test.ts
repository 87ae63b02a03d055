import { readFileSync } from 'node:fs';
import { createBlockParser } from '../../../engine/manifest/block-parser.ts';
import type { ManifestNode } from '../../../engine/manifest/node.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';
import { readDocument } from '../../../engine/manifest/read-document.ts';
import { typing } from '../../kit/typing.ts';

const isReadable = (text: string) => parseManifest({ name: 'x', text }).node !== undefined;

/** A parser with the lengths of the texts that had to be parsed. */
function counted() {
  const lengths: number[] = [];
  const read = createBlockParser((text) => {
    lengths.push(text.length);
    return readDocument(text);
  });
  return { lengths, read };
}

/** A tree with everything that its nodes say of themselves, sources aside. */
function described(node: ManifestNode | undefined): unknown {
  if (node === undefined) return undefined;
  const { source: _, via, ...place } = node.place;
  const at = { ...place, via: via?.start };
  if (node.kind === 'scalar') return { ...node, place: at };
  if (node.kind === 'sequence') return { at, items: node.items.map(described) };
  return {
    at,
    entries: [...node.entries].map(([name, { key, value }]) => [name, described(key), described(value)]),
  };
}

function bothWays(text: string, read = createBlockParser(readDocument, { splitFrom: 0 })) {
  const [blocks, whole] = [parseManifest({ name: 'x', text }, read), parseManifest({ name: 'x', text })];
  const said = ({ diagnostics }: typeof whole) =>
    diagnostics.map(({ message, places }) => [message, ...places.map(({ start, end }) => [start, end])]);
  return { blocks: [described(blocks.node), said(blocks)], whole: [described(whole.node), said(whole)] };
}

const corners: Readonly<Record<string, string>> = {
  'lists as far out as their field': 'streams:\n- a: 1\n  b: 2\n\n# remark\n- c: 3\nspec:\n  x: 1\n',
  'block texts, kept line ends, remarks between':
    'a:\n  b: |+\n    text\n\n  # remark\n  c: >-\n    more\n    text\n\nd: 1\n',
  'a text over many lines that looks like fields': 'a:\n  b: "one\n  c: two"\n  d: 1\ne: \'x\ny: z\'\n',
  'brackets over many lines': 'a: {b: 1,\nc: 2}\nd:\n  e: [1,\n  2]\n  f: 3\n',
  'anchors, aliases, merges': 'a: &a\n  x: 1\n  y: &y {z: 2}\nb:\n  <<: *a\n  c: *y\nc: *a\n',
  'keys of other forms': '"a b": 1\n? c\n: d\ne:\n  ? f\n  : g\n  h: i\n',
  'the same field twice, the same lines twice': 'a:\n  b: 1\n  b: 1\nc:\n  - x: 1\n  - x: 1\n  - x: 1\n',
  'other line ends': 'a:\r\n  b: 1\r\n  c: 2\r\nd:\r\n  - e\r\n  - f\r\n',
  'nothing in a field': 'a:\n  b:\n  c:\n\nd:\ne:\n  - \n  -\n  - x\n',
  'several documents': 'a: 1\n---\nb: 2\n',
  tabs: 'a:\n\tb: 1\n\tc: 2\n',
  'fields that are not indented alike': 'a:\n   b: 1\n  c: 2\nd: 1\n',
  'no line end at the end': 'a:\n  b: 1\n  c: 2',
  'no mapping': '- a\n- b\n',
  nothing: '',
  'an open quote': 'a:\n  b: "x\n  c: 1\nd: 2\n',
  'remarks at the ends':
    '# one\n\na: # two\n  # three\n  b: 1 # four\n # five\n  c: 2\n# six\nd:\n  - e # seven\n  # eight\n  - f\n  # nine\n',
  'fields in fields in fields':
    'a:\n  b:\n    c: 1\n    d: 2\n  e:\n    # remark\n    f:\n    - 1\n    - 2\n\n    g: 3\nh: 4\n',
  tags: 'a: !!map\n  b: !!str 1\n  c: 2\nd: !x\n  e: 1\n  f: 2\n',
};

test.each(Object.entries(corners))('block by block as in one piece: %s', (_, text) => {
  const { blocks, whole } = bothWays(text);
  expect(blocks).toEqual(whole);
});

test('through many changes, of which some break it', () => {
  const read = createBlockParser(readDocument, { splitFrom: 0 });
  for (const text of typing(
    readFileSync('manifests/intercom.yaml', 'utf8').slice(0, 30_000),
    40,
    isReadable,
  )) {
    const { blocks, whole } = bothWays(text, read);
    expect(blocks).toEqual(whole);
  }
});

test('a change costs the block that it is in', () => {
  const { lengths, read } = counted();
  const text = `a:\n${Array.from({ length: 200 }, (_, at) => `  b${at}:\n    c: ${at}\n`).join('')}d: 1\n`;
  read(text);
  lengths.length = 0;
  read(text.replace('c: 77\n', 'c: 78\n'));
  expect(lengths).toHaveLength(1);
  expect(lengths[0]).toBeLessThan(40);
  // Two lines more above all of them.
  lengths.length = 0;
  read(`# one\n# two\n${text.replace('c: 77\n', 'c: 78\n')}`);
  expect(lengths).toEqual([]);
});
