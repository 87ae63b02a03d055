import { oddOnes } from '../../../engine/conformance/odd-ones.ts';

function oddIn(...words: readonly string[]) {
  return oddOnes(words, (word) => word.slice(0, 1)).map(({ odd, other, others }) => [
    odd,
    other,
    others.length,
  ]);
}

describe('oddOnes', () => {
  it('finds the one that differs from all others', () => {
    expect(oddIn('a1', 'a2', 'b1', 'a3')).toEqual([['b1', 'a1', 3]]);
  });

  it('finds both of two', () => {
    expect(oddIn('a1', 'b1')).toEqual([
      ['a1', 'b1', 1],
      ['b1', 'a1', 1],
    ]);
  });

  it.each([[['a1', 'a2']], [['a1', 'a2', 'b1', 'b2']], [['a1', 'a2', 'b1', 'c1']], [[]]])(
    'finds none in %j',
    (words) => {
      expect(oddIn(...words)).toEqual([]);
    },
  );
});
