import { memoizeTexts } from '../../../../engine/util/text/memoize-texts.ts';

describe('memoizeTexts', () => {
  const made: string[] = [];
  const upper = memoizeTexts((text) => {
    made.push(text);
    return text.toUpperCase();
  }, 5);
  const madeBy = (...texts: readonly string[]) => {
    made.length = 0;
    expect(texts.map(upper)).toEqual(texts.map((text) => text.toUpperCase()));
    return [...made];
  };

  it('makes each text once, while there is room', () => {
    expect(madeBy('ab', 'cd', 'ab', 'cd', 'ab')).toEqual(['ab', 'cd']);
  });

  it('forgets all of them when another does not fit', () => {
    expect(madeBy('ab', 'efg', 'efg', 'ab')).toEqual(['efg', 'ab']);
  });

  it('does not keep a text that fills the room alone, but forgets the others', () => {
    expect(madeBy('123456', '123456', 'ab')).toEqual(['123456', '123456', 'ab']);
  });
});
