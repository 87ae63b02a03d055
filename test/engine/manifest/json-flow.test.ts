import fc from 'fast-check';
import { maskJson, readJsonFlow } from '../../../engine/manifest/json-flow.ts';
import { fieldOf, type ManifestNode } from '../../../engine/manifest/node.ts';
import { createNodeReader } from '../../../engine/manifest/node-reader.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';
import { readDocument } from '../../../engine/manifest/read-document.ts';

const name = 'm.yaml';

/** All of a tree: values, places, how each scalar is written. */
function laidOut(node: ManifestNode | undefined): unknown {
  if (node?.kind === 'mapping')
    return [node.place, [...node.entries].map(([key, entry]) => [key, entry.key, laidOut(entry.value)])];
  return node?.kind === 'sequence' ? [node.place, node.items.map(laidOut)] : node;
}

/** As the reader of YAML alone reads it. */
function asYaml(text: string) {
  return laidOut(createNodeReader({ name, text }).read(readDocument(text).contents, ''));
}

function asParsed(text: string) {
  return laidOut(parseManifest({ name, text }).node);
}

/** Where the text is read as JSON. */
function hidden(text: string): readonly string[] {
  return [...maskJson(text).starts].map((start) => text.slice(start).split('\n')[0] ?? '');
}

test('JSON in one line is what YAML reads there, places and all', () => {
  fc.assert(
    fc.property(
      fc.json({ maxDepth: 4 }),
      fc.constantFrom('a: ', 'a:\n  - b: ', '- ', 'a:\n  - - '),
      (json, before) => {
        // What is not ASCII may be unprintable, which no YAML may hold.
        const ascii = json.replaceAll(/[^ -~]/g, '?');
        const text = `x: 1\na:\n  - ${before.replaceAll('\n', '\n    ')}${ascii}\nz: [1]\n`;
        expect(asParsed(text)).toEqual(asYaml(text));
      },
    ),
  );
});

test.each([
  ['numbers', 'a: [1, -2.50, 1.0, 1e5, 1E-7, 12345678901234567890, 0, -0]'],
  ['words', 'a: [true, false, null]'],
  ['escapes', String.raw`a: {"x": "a\"b\\c\/d\u00e9\ud83d\ude00\n", "~/": 1, "": 2, "__proto__": 3}`],
  ['spaces', 'a: { "x" : [ 1 , { } , [ ] ] }'],
  ['what looks like YAML', 'a: {"<<": {"b": 1}, "x": "*y", "z": "# no comment", "on": "2024-01-01"}'],
])('%s', (_, text) => {
  const source = { name, text };
  const whole = createNodeReader(source).read(readDocument(text).contents, '');
  expect(laidOut(readJsonFlow(source, 3, '/a'))).toEqual(laidOut(whole && fieldOf(whole, 'a')));
  expect(asParsed(text)).toEqual(asYaml(text));
});

test('what stands in its line as a value is read as JSON', () => {
  expect(hidden('a: {"b": 1}\nlist:\n  - json: [1, 2]\n  - ["x"]\n')).toEqual([
    '{"b": 1}',
    '[1, 2]',
    '["x"]',
  ]);
});

test.each([
  ['is not all of the value', 'a: {"b": 1} # why\n'],
  ['is YAML', 'a: {"b": yes}\nc: ["x", y]\n'],
  ['is broken', 'a: {"b": 1\n'],
])('what %s is left to the reader of YAML', (_, text) => {
  expect(hidden(text)).toEqual([]);
});

test.each([
  ['a block of text', 'a: |\n  b: {"c": 1}\n  d\ne: {"f": 2}\n'],
  ['a text in quotes', 'a: "x\n  b: [1, 2]\n  y"\n'],
  ['a list over several lines', 'a: [\n  {"b": 1}\n]\n'],
])('inside of %s it stays what it is', (_, text) => {
  expect(hidden(text)).not.toEqual([]);
  expect(asParsed(text)).toEqual(asYaml(text));
});

test('a name that occurs twice is told of', () => {
  const { diagnostics } = parseManifest({ name, text: 'a: {"b": 1, "b": 2}\n' });
  expect(diagnostics.map(({ message, places }) => [message, places.map(({ start }) => start)])).toEqual([
    ['"b" occurs twice in this mapping; only the last one counts.', [12, 4]],
  ]);
});

test('a mistake elsewhere is told of at its own place', () => {
  const text = 'a: {"b": [1, 2]}\nc: [1\n';
  const { diagnostics } = parseManifest({ name, text });
  expect(diagnostics[0]?.places[0]?.start).toBeGreaterThan(text.indexOf('c'));
});

test('more levels than are worth it are read as YAML', () => {
  const text = `a: ${'['.repeat(60)}1${']'.repeat(60)}\n`;
  expect(asParsed(text)).toEqual(asYaml(text));
});
