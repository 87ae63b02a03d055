import { tokenize } from '../../../../engine/template/syntax/lexer.ts';

const words = (text: string) => tokenize(text).map(({ type, value, offset }) => [type, value, offset]);

describe('tokenize', () => {
  it('keeps the offset of every token', () => {
    expect(words('a {{ b.c }}')).toEqual([
      ['data', 'a ', 0],
      ['variable_begin', '{{', 2],
      ['name', 'b', 5],
      ['operator', '.', 6],
      ['name', 'c', 7],
      ['variable_end', '}}', 9],
      ['eof', '', 11],
    ]);
  });

  it('does not end an expression inside a dict or a string', () => {
    expect(words("{{ {'a': {'b': '}}'}} }}").filter(([type]) => type === 'variable_end')).toHaveLength(1);
  });

  it('strips whitespace beside a minus', () => {
    expect(words('a  {{- 1 -}}  b').filter(([type]) => type === 'data')).toEqual([
      ['data', 'a', 0],
      ['data', 'b', 12],
    ]);
  });

  it('takes raw blocks and comments as they are', () => {
    expect(words('{# no #}{% raw %}{{ x }}{% endraw %}')).toEqual([
      ['data', '{{ x }}', 17],
      ['eof', '', 36],
    ]);
  });

  it('tells where a bad character stands', () => {
    expect(() => tokenize('{{ a ? b }}')).toThrow(expect.objectContaining({ offset: 5 }));
    expect(() => tokenize('{# open')).toThrow(expect.objectContaining({ offset: 0 }));
    expect(() => tokenize('{{ (1] }}')).toThrow(expect.objectContaining({ offset: 5 }));
  });
});
