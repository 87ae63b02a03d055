import { cutField } from '../../../engine/manifest/cut-field.ts';

const block = 'spec:\n  type: Spec\n\n# a comment\n  connection_specification:\n    a: |\n      ?x=1&y=2*z\n';

it('a block in the middle is cut out whole', () => {
  expect(cutField(`streams:\n  - spec:\n    a: 1\n${block}check:\n  a: 1\n`, 'spec')).toBe(block);
});

it('a block at the end may lack its line break', () => {
  expect(cutField(`a: 1\n${block.trimEnd()}`, 'spec')).toBe(block.trimEnd());
});

it.each([
  'a: 1\n',
  'spec: {type: Spec}\n',
  'spec: *other\n',
  'spec:\n  $ref: "#/definitions/spec"\n',
  'spec:\n  a: &anchor 1\n',
  'spec:\n  <<: *base\n',
  'spec:\n  a: 1\nspec:\n  b: 1\n',
])('what takes more than a look is left: %j', (text) => {
  expect(cutField(text, 'spec')).toBeUndefined();
});
