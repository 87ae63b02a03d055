import { withCheckedDepth } from '../../../../engine/template/syntax/checked-depth.ts';
import { parseTemplate } from '../../../../engine/template/syntax/parser.ts';

const tooDeep = 'the template is nested too deeply';

/** `{{ 1 + 1 + … }}`: a step into the tree for each `+`, behind those for the body, its statement, and its value. */
const sum = (terms: number) => `{{ ${Array.from({ length: terms }, () => '1').join(' + ')} }}`;

describe('how deep a template may be', () => {
  it('is as deep as a thousand people’s templates, and no deeper', () => {
    expect(parseTemplate(sum(1999))).toHaveLength(1);
    expect(() => parseTemplate(sum(2000))).toThrow(expect.objectContaining({ message: tooDeep, offset: 0 }));
  });

  it('is not as deep as it is long', () => {
    expect(parseTemplate('{{ 1 }}'.repeat(3000))).toHaveLength(3000);
    expect(parseTemplate(`{{ ${' '.repeat(5000)}none }}`)).toHaveLength(1);
  });

  it('says so where the stack is too small for the parser itself', () => {
    const parse = () => {
      throw new RangeError('Maximum call stack size exceeded');
    };
    expect(() => withCheckedDepth('x'.repeat(1000), parse)).toThrow(tooDeep);
    // What is short cannot be deep, so nobody looks.
    expect(() => withCheckedDepth('x'.repeat(999), parse)).toThrow(RangeError);
  });

  it('hides no other error', () => {
    const parse = () => {
      throw new TypeError('ours');
    };
    expect(() => withCheckedDepth('x'.repeat(1000), parse)).toThrow('ours');
  });
});
