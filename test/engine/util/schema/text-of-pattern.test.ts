import { textOfPattern } from '../../../../engine/util/schema/text-of-pattern.ts';

describe('textOfPattern', () => {
  it.each([
    '^(s|r)k_(live|test)_[a-zA-Z0-9]+$',
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$',
    '^https://[a-z0-9-]{2,}\\.example\\.(com|eu)$',
    '^act_\\d{15}$',
    '^\\S{8,}$',
  ])('makes a text that %s matches, the same each time', (pattern) => {
    const [text = ''] = textOfPattern(pattern);
    expect(text).toMatch(new RegExp(pattern));
    expect(textOfPattern(pattern)).toEqual([text]);
  });

  it('makes none where a pattern cannot be read, nor one of a text that nobody types', () => {
    expect(textOfPattern('([a-z')).toEqual([]);
    expect(textOfPattern('^(a{1000}){1000}$')).toEqual([]);
  });
});
