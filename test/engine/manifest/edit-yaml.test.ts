import { editYaml } from '../../../engine/manifest/edit-yaml.ts';

const edit = (text: string, value: unknown, ...path: readonly (string | number)[]) =>
  editYaml(text, [{ path, value }]);

describe('editYaml', () => {
  it('changes a value and nothing else', () => {
    const text = '# top\r\na:   { b: 1,c: "x\\u2028" }   # of a\r\nlist:\r\n  - { d:  2 } # of d\r\n';
    expect(edit(text, 5, 'a', 'b')).toBe(text.replace('b: 1', 'b: 5'));
    expect(edit(text, [{ e: 1 }], 'list', 0, 'd')).toBe(text.replace('d:  2', 'd:  [ { e: 1 } ]'));
  });

  it('writes what stands below its key beside it', () => {
    const text = 'expect:\n  records:\n    - id: a # first\n    - id: b\n  count: 2 # both\nnext: 1\n';
    expect(edit(text, [{ id: 'c' }], 'expect', 'records')).toBe(
      'expect:\n  records: [ { id: c } ]\n  count: 2 # both\nnext: 1\n',
    );
  });

  it('keeps a comment between a key and its value', () => {
    const text = 'records: # all\n  - id: a\nnext: 1\n';
    expect(edit(text, [], 'records')).toBe('records: # all\n  []\nnext: 1\n');
  });

  it('makes several changes, in whatever order', () => {
    expect(
      editYaml('a: 1\nb: 2\n', [
        { path: ['b'], value: 'two' },
        { path: ['a'], value: 'one' },
        { path: ['c'], value: 'three' },
      ]),
    ).toBe('a: one\nb: two\n');
  });
});
