import { firstJsonError } from '../../../../engine/util/json/first-json-error.ts';

test.each([
  ['{"a":1}', undefined],
  ['x', { offset: 0, problem: 'this is no value of JSON; texts and keys stand in double quotes' }],
  ["{'a':1}", { offset: 1, problem: 'this is no value of JSON; texts and keys stand in double quotes' }],
  ['{"a" 1}', { offset: 5, problem: 'a colon is expected here' }],
  ['{"a":}', { offset: 5, problem: 'a value is expected here' }],
  ['[1 2]', { offset: 3, problem: 'a comma is expected here' }],
  ['[1,]', { offset: 3, problem: 'a value is expected here' }],
  ['{"a":1', { offset: 6, problem: 'a closing brace is expected here' }],
  ['[1', { offset: 2, problem: 'a closing bracket is expected here' }],
  ['{} {}', { offset: 3, problem: 'the text goes on behind its end' }],
  ['// no\n{}', { offset: 0, problem: 'JSON has no comments' }],
  ['"abc', { offset: 0, problem: 'a text has no closing quote' }],
  ['1e', { offset: 0, problem: 'this number has no end' }],
  ['"\\u12"', { offset: 0, problem: 'four hexadecimal digits are expected after "\\u"' }],
  ['"\\q"', { offset: 0, problem: 'this escape is none of JSON' }],
  [
    '"a\tb"',
    { offset: 0, problem: 'a text has a line break or a control character in it; write it as an escape' },
  ],
])('%j: what is wrong first', (text, error) => {
  expect(firstJsonError(text)).toEqual(error);
});
