import { unknownStream } from '../../../engine/error/unknown-stream.ts';

it.each([
  ['contcts', ['contacts', 'tags'], 'There is no stream "contcts". Did you mean "contacts"?'],
  ['zzz', ['contacts', 'tags'], 'There is no stream "zzz". The manifest has "contacts", "tags".'],
  ['zzz', [], 'There is no stream "zzz". The manifest has no streams.'],
])('%s among %j', (name, names, sentence) => {
  expect(unknownStream(name, names)).toBe(sentence);
});
