import { placeInJson } from '../../../engine/error/place-in-json.ts';

const text = '{ "a" : [1, {"b\\"]": "x, }\\""}, null],\n"a": [ -2.5e3 , {"b": [ ] , "c":true}],"d":{} }';
const at = (...path: readonly (string | number)[]) => {
  const place = placeInJson({ name: 'x.json', text }, path);
  return place === undefined ? undefined : text.slice(place.start, place.end);
};

describe('placeInJson', () => {
  it.each([
    [[], text],
    [['d'], '{}'],
    [['a', 0], '-2.5e3'],
    [['a', 1], '{"b": [ ] , "c":true}'],
    [['a', 1, 'b'], '[ ]'],
    [['a', 1, 'c'], 'true'],
  ])('finds %j, where names stand twice the last one', (path, value) => {
    expect(at(...path)).toBe(value);
  });

  it('finds how far a path leads', () => {
    expect(at('d', 'x', 'y')).toBe('{}');
    expect(at('a', 1, 'b', 7)).toBe('[ ]');
    expect(at('a', 0, 'x')).toBe('-2.5e3');
    expect(at('nope')).toBe(text);
  });

  it('has a pointer, and nothing where there is no text', () => {
    expect(placeInJson({ name: 'x', text: '{"a":[5]}' }, ['a', 0])?.pointer).toBe('/a/0');
    expect(placeInJson({ name: 'x' }, ['a'])).toBeUndefined();
  });

  it('is no match for names of objects that have their own meaning', () => {
    expect(placeInJson({ name: 'x', text: '[{"__proto__": 1}]' }, [0, '__proto__'])?.start).toBe(15);
  });
});
