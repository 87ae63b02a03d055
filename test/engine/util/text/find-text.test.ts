import { findLastText, findText, splitText } from '../../../../engine/util/text/find-text.ts';

/** Long enough that JavaScript's own search is not used, of few characters, so that much nearly fits. */
function texts(): readonly { readonly text: string; readonly part: string }[] {
  const pairs = [];
  let state = 1;
  const below = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  for (let turn = 0; turn < 300; turn++) {
    const unit = Array.from({ length: 1 + below(4) }, () => 'ab'[below(2)]).join('');
    const part = unit.repeat(70) + ['', 'a', 'b', 'ab'][below(4)];
    const filling = () => unit.repeat(below(100)) + ['', 'a', 'b'][below(3)];
    pairs.push({
      part,
      text: filling() + (below(2) === 0 ? part : '') + filling() + part.slice(below(3)) + filling(),
    });
  }
  return pairs;
}

test('finds what JavaScript finds', () => {
  for (const { text, part } of texts()) {
    expect([text, part, findText(text, part)]).toEqual([text, part, text.indexOf(part)]);
    expect([text, part, findLastText(text, part)]).toEqual([text, part, text.lastIndexOf(part)]);
    expect([part, splitText(text, part)]).toEqual([part, text.split(part)]);
  }
});

test.each(['', 'a', 'ab'])('finds %j', (part) => {
  expect(findText('xabab', part)).toBe('xabab'.indexOf(part));
  expect(findLastText('xabab', part)).toBe('xabab'.lastIndexOf(part));
  expect(splitText('xabab', part)).toEqual('xabab'.split(part));
});
