/** What str.isspace() says yes to, for a class of a pattern. JavaScript's `\s` has one character more and lacks some. */
export const pythonSpace = '\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000';
