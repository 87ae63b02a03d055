import type { Place } from '../../../engine/error/place.ts';
import { offsetInText } from '../../../engine/error/scalar-offset.ts';
import { fieldOf } from '../../../engine/manifest/node.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';

/** Where each character `@` of the value is written, as line:column. */
function marks(text: string): string[] {
  const { node } = parseManifest({ name: 'm.yaml', text });
  const scalar = node && fieldOf(node, 'a');
  if (scalar?.kind !== 'scalar') throw new Error('unreadable');
  return [...String(scalar.value).matchAll(/@/g)].map(({ index }) => {
    const before = text.slice(0, offsetInText(scalar.place, index)).split('\n');
    return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  });
}

it.each([
  ['a plain scalar', 'a: x@y', ['1:5']],
  ['a plain scalar over lines', 'a: x@\n   @y\n\n\n  @z', ['1:5', '2:4', '5:3']],
  ['single quotes', "a: 'it''s @'", ['1:11']],
  ['double quotes', 'a: "\\"\\u00e9\\x41\\U0001F600\\n@\\t@"', ['1:29', '1:32']],
  ['double quotes over lines', 'a: "x @\\\n   @\n\n  @"', ['1:7', '2:4', '4:3']],
  ['a literal block', 'a: |\n  x@\n    @y\n\n  @\n', ['2:4', '3:5', '5:3']],
  ['a folded block', 'a: >-\n  x@\n  @\n\n\n  @\n    @\n  @\n', ['2:4', '3:3', '6:3', '7:5', '8:3']],
  ['a block that starts with empty lines', 'a: >\n\n  x@\n', ['3:4']],
  ['a block with an explicit indentation', 'a: |2\n    @\n  @\n', ['2:5', '3:3']],
])('finds the place in %s', (_, text, expected) => {
  expect(marks(text)).toEqual(expected);
});

it('finds the end of the value', () => {
  const source = { name: 'm.yaml', text: 'a: "b"' };
  const place: Place = { source, start: 3, end: 6, pointer: '/a', style: 'double' };
  expect(offsetInText(place, 1)).toBe(5);
  expect(offsetInText(place, 99)).toBe(5);
});

it('knows nothing without a text', () => {
  expect(offsetInText({ source: { name: '<config>' }, start: 0, end: 0, pointer: '/a' }, 1)).toBeUndefined();
});
