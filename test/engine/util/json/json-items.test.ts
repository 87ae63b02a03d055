import { createJsonItemScanner } from '../../../../engine/util/json/json-items.ts';

function scan(text: string, path: string, size = text.length): unknown[] {
  const scanner = createJsonItemScanner(path);
  const items: unknown[] = [];
  for (let at = 0; at < text.length; at += size) items.push(...scanner.push(text.slice(at, at + size)));
  scanner.end();
  return items;
}

describe('createJsonItemScanner', () => {
  it('finds the items of the array at a path', () => {
    const text = '{"meta": {"users": [0]}, "data": {"users": [{"id": 1}, "two", 3, [4], null]}, "end": true}';
    expect(scan(text, 'data.users')).toEqual([{ id: 1 }, 'two', 3, [4], null]);
  });

  it('gives the same items however the text is cut', () => {
    const text = JSON.stringify({
      'k"e\\y': '}]',
      data: [{ text: '"],}\\', n: [1, { a: '' }] }, 'x\\"y', -1.5e3],
    });
    for (const size of [1, 2, 3, 5]) expect(scan(text, 'data', size)).toEqual(scan(text, 'data'));
  });

  it('walks through outer arrays by the step "item"', () => {
    expect(scan('{"data": [{"users": [1]}, {"users": [2, 3]}]}', 'data.item.users')).toEqual([1, 2, 3]);
  });

  it('finds nothing where the path leads nowhere', () => {
    expect(scan('{"data": {"users": {"id": 1}}}', 'data.users')).toEqual([]);
    expect(scan('[1, 2]', 'data')).toEqual([]);
  });

  it('keeps integers that a double cannot hold', () => {
    expect(scan('{"data": [12345678901234567890]}', 'data')).toEqual([12345678901234567890n]);
  });

  it('fails when the text ends too early or is no JSON', () => {
    expect(() => scan('{"data": [1, 2', 'data')).toThrow('ends too early');
    expect(() => scan('<html>', 'data')).toThrow(SyntaxError);
    expect(() => scan('{"data": [tru]}', 'data')).toThrow(SyntaxError);
  });
});
