import { differences, likenessOf } from '../../../engine/conformance/node-differences.ts';
import type { ManifestNode } from '../../../engine/manifest/node.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';

function node(text: string): ManifestNode {
  const { node: read } = parseManifest({ name: 'x.yaml', text });
  if (read === undefined) throw new Error(text);
  return read;
}

const skips = (name: string) => name === 'path';

function paths(one: string, other: string): readonly string[] {
  return differences(node(one), node(other), 9, skips).map(({ path }) => path.join('.'));
}

describe('differences', () => {
  it.each([
    ['the same', 'a: 1', 'a: 1'],
    ['another order of fields', '{ a: 1, b: { c: 2, d: 3 } }', '{ b: { d: 3, c: 2 }, a: 1 }'],
    ['another order of a list', 'codes: [1, 2]', 'codes: [2, 1]'],
    ['other white space', 'a: "{{  x }}"', 'a: "{{ x }}"'],
    ['what is not looked at', '{ a: 1, path: /a }', '{ a: 1, path: /b }'],
    ['null on one side', '{ a: 1, b: null }', 'a: 1'],
    ['null on both sides', '{ a: 1, b: null }', '{ a: 1, b: }'],
    ['null in mappings of a list', 'f: [{ a: 1, b: null }]', 'f: [{ a: 1, b: null }]'],
  ])('are none for %s, and they are alike', (_, one, other) => {
    expect(paths(one, other)).toEqual([]);
    expect(likenessOf(node(one), skips)).toBe(likenessOf(node(other), skips));
  });

  it.each([
    ['a: 1', 'a: 2', ['a']],
    ['{ a: 1, b: { c: null } }', '{ a: 1, b: { c: 2 } }', ['b.c']],
    ['a: 1', '{ a: 1, b: 2 }', ['b']],
    ['f: [{ a: 1, b: 1 }, { a: 2 }]', 'f: [{ a: 1, b: 2 }, { a: 2 }]', ['f.0.b']],
    ['f: [{ a: 1 }]', 'f: [{ a: 1 }, { a: 2 }]', ['f']],
  ])('are told by their paths: %s and %s', (one, other, expected) => {
    expect(paths(one, other)).toEqual(expected);
    expect(likenessOf(node(one), skips)).not.toBe(likenessOf(node(other), skips));
  });
});
