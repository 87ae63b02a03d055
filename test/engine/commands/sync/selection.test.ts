import { readSelection } from '../../../../engine/commands/sync/selection.ts';

const names = ['contacts', 'contact_tags', 'tags'];
const fields = ['id', 'email', 'custom_a'];

function selected(...patterns: readonly string[]): string[] {
  const { keepsStream, keepsField } = readSelection(patterns);
  return names
    .filter(keepsStream)
    .map((name) => `${name}: ${fields.filter((field) => keepsField(name, field)).join(' ')}`);
}

test.each([
  [[], ['contacts: id email custom_a', 'contact_tags: id email custom_a', 'tags: id email custom_a']],
  [['contacts.*'], ['contacts: id email custom_a']],
  [['contacts'], ['contacts: id email custom_a']],
  [['contacts.email', 'contacts.custom_*'], ['contacts: email custom_a']],
  [
    ['contact*.id', 'tags'],
    ['contacts: id', 'contact_tags: id', 'tags: id email custom_a'],
  ],
  [['!*.email'], ['contacts: id custom_a', 'contact_tags: id custom_a', 'tags: id custom_a']],
  [['contacts.*', '!contacts.custom_*'], ['contacts: id email']],
  [['!tags', '!contact_tags'], ['contacts: id email custom_a']],
])('%j', (patterns, expected) => {
  expect(selected(...patterns)).toEqual(expected);
});

test('a pattern whose fields never came', () => {
  const selection = readSelection([
    'contacts.email',
    'contacts.emial',
    '!contacts.id',
    '!*.nothing',
    'tags.*',
    'tags',
  ]);
  for (const field of fields) selection.keepsField('contacts', field);
  expect(selection.unused()).toEqual(['contacts.emial', '!*.nothing']);
});

test('a pattern that is none, and one that fits nothing', () => {
  expect(() => readSelection(['.email'])).toThrow(
    '--select ".email" is no pattern. Give STREAM.FIELD, such as contacts.* or contacts.email, with "!" before what is left out.',
  );
  expect(readSelection(['user.*', 'tags.name']).idle(names)).toEqual(['user.*']);
});
