import {
  endsInId,
  isIdWord,
  isKeyWord,
  isNumberingWord,
  isPlainId,
  isWordOfIds,
} from '../../../../engine/util/text/id-words.ts';

test.each(['id', 'uuid', 'guid', 'uid', 'gid', 'sid', 'iid', 'urn', 'arn'])('%s is an id', (word) => {
  expect(isIdWord(word)).toBe(true);
  expect(isWordOfIds(`${word}s`)).toBe(true);
  expect(isPlainId(`_${word.toUpperCase()}`)).toBe(true);
});

test.each(['key', 'code', 'number', 'paid', 'slug'])('%s alone is none', (word) => {
  expect(isIdWord(word)).toBe(false);
  expect(isPlainId(word)).toBe(false);
});

test('a key is as good as an id, and a code or a number may be one', () => {
  expect([isKeyWord('sid'), isKeyWord('key'), isKeyWord('code')]).toStrictEqual([true, true, false]);
  expect(['key', 'code', 'number', 'slug'].map(isNumberingWord)).toStrictEqual([true, true, true, false]);
});

test('what ends in an id is one unless it is a word of its own', () => {
  expect(['jnid', 'itemid', 'mediaid', 'modelid', 'sid'].every(endsInId)).toBe(true);
  expect(['paid', 'unpaid', 'invalid', 'grid', 'void', 'mid', 'bid'].some(endsInId)).toBe(false);
});

test('a word is no list for its "s" alone', () => {
  expect(isWordOfIds('id')).toBe(false);
  expect(isWordOfIds('keys')).toBe(false);
});
