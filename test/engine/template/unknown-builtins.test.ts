import { unknownBuiltins } from '../../../engine/template/unknown-builtins.ts';

describe('filters, tests and methods that nothing has', () => {
  it.each([
    ['{{ 1 | strng }}', ['7 Templates have no filter "strng". Did you mean "string"?']],
    ['{{ 1 is difined }}', ['8 Templates have no test "difined". Did you mean "defined"?']],
    ["{{ 'a'.uper() }}", ['7 Templates have no method "uper". Did you mean "upper"?']],
    ["{{ 'a'.upper() | upper is string }}", []],
    ['{{ self.x() }}{{ loop.y() }}{{ caller.z() }}', []],
    ['{{ config.nothing_of_the_kind_ever() }}', ['10 Templates have no method "nothing_of_the_kind_ever".']],
    ['{% if 0 %}{{ 1 | strng }}{% endif %}', ['17 Templates have no filter "strng". Did you mean "string"?']],
    ['{{ config.uper }}', []],
    ['{{ broken', []],
    [
      "{{ 'a'.xyzzy() | qqqqqqqqqqqq is zzzzzzzzzzz }}",
      [
        '33 Templates have no test "zzzzzzzzzzz".',
        '17 Templates have no filter "qqqqqqqqqqqq".',
        '7 Templates have no method "xyzzy".',
      ],
    ],
  ])('%s', (template, wanted) => {
    expect(unknownBuiltins(template).map(({ offset, message }) => `${offset} ${message}`)).toEqual(wanted);
  });
});
