import { withArticle } from '../../../../engine/util/text/with-article.ts';

test.each([
  ['Decoder', 'a Decoder'],
  ['ErrorHandler', 'an ErrorHandler'],
  ['int', 'an int'],
])('%s is %s', (noun, words) => {
  expect(withArticle(noun)).toBe(words);
});
