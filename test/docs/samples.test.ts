import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs').map((file) => join('docs', file)),
].filter((file) => file.endsWith('.md'));

interface Sample {
  readonly document: string;
  /** The file that it is taken from: compiled with everything else, and run by a test of its own. */
  readonly file: string | undefined;
  readonly text: string;
}

const samples = documents.flatMap((document): Sample[] =>
  [
    ...readFileSync(document, 'utf8').matchAll(
      /(?:<!-- from (\S+) -->\n\s*)?^( *)```ts\n([\s\S]*?)^ *```$/gm,
    ),
  ].map(([, file, indent = '', text = '']) => ({
    document,
    file,
    text: text.replace(new RegExp(`^${indent}`, 'gm'), ''),
  })),
);

/** Samples of the inside of the engine stand alone. */
const ofTheFace = samples.filter(({ text }) => text.includes("'manifold-connectors'"));

test('there are samples', () => {
  expect(ofTheFace.length).toBeGreaterThan(5);
});

test.each(ofTheFace)('$document shows $file as it is', ({ file, text }) => {
  expect(file).toMatch(/\.\w+$/);
  // A document may show a part of a file.
  expect(readFileSync(file as string, 'utf8')).toContain(text);
});
