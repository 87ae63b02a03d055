import { didYouMean, editDistance, suggestionsFor } from '../../../../engine/util/text/did-you-mean.ts';

it.each([
  ['pagesize', ['page_size', 'type', 'inject_on_first_request'], ' Did you mean "page_size"?'],
  ['urlbase', ['url', 'url_base'], ' Did you mean "url_base"?'],
  ['Requester', ['requester', 'retriever'], ' Did you mean "requester"?'],
  ['aa', ['ab', 'ac'], ' Did you mean "ab" or "ac"?'],
  ['aa', ['ad', 'ab', 'ac', 'ae'], ' Did you mean "ab", "ac", or "ad"?'],
  ['config', ['stream_slice'], ''],
  ['x', [], ''],
])('for %s among %j says%s', (name, candidates, text) => {
  expect(didYouMean(name, candidates)).toBe(text);
});

it('does not suggest the name itself', () => {
  expect(suggestionsFor('abc', ['abc', 'abd'])).toEqual(['abd']);
});

it('counts edits, a swap and a difference in case as one', () => {
  expect(['abc', 'abd', 'bac', 'ABC', 'ab', ''].map((other) => editDistance('abc', other))).toEqual([
    0, 1, 1, 1, 1, 3,
  ]);
});
