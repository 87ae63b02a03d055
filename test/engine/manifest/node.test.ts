import { nodeFromValue, pointerStep, toValue, typeOf } from '../../../engine/manifest/node.ts';

it('makes a tree of a value and a value of a tree', () => {
  const value = { type: 'A', a: [1, 2.5, 12345678901234567890n, null, true], b: { c: 'd' } };
  const node = nodeFromValue(value, { name: '<config>' });
  expect(toValue(node)).toEqual(value);
  expect(typeOf(node)).toBe('A');
});

it('gives each node its JSON pointer', () => {
  const node = nodeFromValue({ 'a/b': [{ 'c~d': 1 }] }, { name: '<config>' });
  const items = node.kind === 'mapping' ? node.entries.get('a/b')?.value : undefined;
  const item = items?.kind === 'sequence' ? items.items[0] : undefined;
  expect(item?.kind === 'mapping' && item.entries.get('c~d')?.value.place.pointer).toBe('/a~1b/0/c~0d');
  expect(pointerStep('/x', 3)).toBe('/x/3');
});

it('lets the caller say what a scalar becomes', () => {
  const node = nodeFromValue({ a: [1, 'x'] }, { name: '<config>' });
  expect(toValue(node, (scalar) => `${scalar.place.pointer}=${scalar.value}`)).toEqual({
    a: ['/a/0=1', '/a/1=x'],
  });
});
