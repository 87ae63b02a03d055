import { nodeOf, plain } from '../../../engine/language/plain.ts';
import { fieldOf, nodeFromValue } from '../../../engine/manifest/node.ts';

const tree = nodeFromValue({ a: [1, { b: null }], c: 'text' }, { name: '<test>' });

describe('plain', () => {
  it('is the value of a tree, made once', () => {
    expect(plain(tree)).toEqual({ a: [1, { b: null }], c: 'text' });
    expect(plain(tree)).toBe(plain(tree));
  });

  it('keeps the way back to the node of every object and list', () => {
    const value = plain(tree) as { a: [number, object] };
    expect(nodeOf(value)).toBe(tree);
    expect(nodeOf(value.a)).toBe(fieldOf(tree, 'a'));
    expect(nodeOf(value.a[1])?.place.pointer).toBe('/a/1');
  });

  it.each([['text'], [1], [null], [undefined], [{}]])('knows no node of %j', (value) => {
    expect(nodeOf(value)).toBeUndefined();
  });
});
