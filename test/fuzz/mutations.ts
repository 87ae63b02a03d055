/** A small generator of chance, so that a seed and a number say which input it was. */
export interface Chance {
  below(limit: number): number;
  of<T>(items: readonly T[]): T;
}

export function chance(seed: number): Chance {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let turn = 0; turn < 5; turn++) next();
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, of: <T>(items: readonly T[]) => items[below(items.length)] as T };
}

/** Values that programs stumble over, as JSON, which is YAML too. */
const oddValues = [
  'null',
  'true',
  '0',
  '-1',
  '1e400',
  '-1e400',
  '9007199254740993',
  '123456789012345678901234567890',
  '0.1',
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud800"',
  '"\\ufeff"',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '{"": null}',
  '{"__proto__": {"polluted": true}}',
  '{"constructor": {"prototype": {"polluted": true}}}',
  '{"toString": 1, "hasOwnProperty": 1, "then": 1}',
  '{"type": "DeclarativeStream"}',
  '{"type": "NoSuchThing"}',
  '{"type": ["a"]}',
  '{"$ref": "#/definitions"}',
  '{"$ref": "#/no/where"}',
  '{"$ref": "#"}',
  '{"$parameters": {"$parameters": {}}}',
  '"{{ config }}"',
  '"{{ config[ }}"',
  '"{{ 1 / 0 }}"',
  '"{% for x in [1] %}"',
  '"^(a+)+$"',
  '"(?P<a"',
  '"2024-02-30T25:61:00Z"',
  '"P1Y2M"',
  '"-P400D"',
  '"%Y-%q"',
  '"#/definitions/a"',
  `"${'x'.repeat(5000)}"`,
];

const nested = (open: string, close: string, depth: number, inside = '') =>
  open.repeat(depth) + inside + close.repeat(depth);

/** Pieces that do not belong where they come to stand. */
const oddPieces = [
  '\ufeff',
  '\r\n',
  '\r',
  '\t',
  '\0',
  '\x1b[31m',
  '\ud800',
  '😀',
  '%',
  '---\n',
  '...\n',
  '%YAML 9.9\n',
  '!!js/function "x"',
  '!<tag:x> ',
  '&a ',
  '*a',
  '*nowhere',
  '<<: *a\n',
  '? ',
  ': ',
  '- ',
  '|',
  '>-\n',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '#',
  '\\',
  '__proto__: {polluted: true}\n',
  '"__proto__": {"polluted": true},',
  nested('[', ']', 300),
  nested('[', '', 6000),
  nested('{"a":', '}', 300, '1'),
  nested('{"a":', '', 6000),
  '- '.repeat(1000),
  'a: '.repeat(200),
  nested('{{ (', ') }}', 300, '1'),
];

/** References that double at every level. */
const bomb = `a0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`).join('\n')}\n`;

type Mutation = (text: string, luck: Chance) => string;

const valuePlace = /(?<=[:,[]\s?)(?:"(?:[^"\\\n]|\\.)*"|[\w.$/'{}%-][^\n,{}[\]]*|null|true|false|-?\d+)/g;

const mutations: readonly Mutation[] = [
  // A value becomes an odd one.
  (text, luck) => {
    const places = [...text.matchAll(valuePlace)];
    if (places.length === 0) return text;
    const { index, 0: found } = luck.of(places);
    return text.slice(0, index) + luck.of(oddValues) + text.slice(index + found.length);
  },
  // Something is put in between.
  (text, luck) => {
    const at = luck.below(text.length + 1);
    return text.slice(0, at) + luck.of(oddPieces) + text.slice(at);
  },
  // A part is lost.
  (text, luck) => {
    const at = luck.below(text.length + 1);
    return text.slice(0, at) + text.slice(at + 1 + luck.below(40));
  },
  // The rest is lost.
  (text, luck) => text.slice(0, luck.below(text.length + 1)),
  // A line comes twice, perhaps deeper.
  (text, luck) => {
    const lines = text.split('\n');
    const line = luck.below(lines.length);
    lines.splice(line, 0, `${' '.repeat(luck.below(3) * 2)}${lines[line] ?? ''}`);
    return lines.join('\n');
  },
  // Two lines change places.
  (text, luck) => {
    const lines = text.split('\n');
    const [a, b] = [luck.below(lines.length), luck.below(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    return lines.join('\n');
  },
  // A word is another word of the text.
  (text, luck) => {
    const words = [...text.matchAll(/[A-Za-z_$][\w$]+/g)];
    if (words.length === 0) return text;
    const { index, 0: found } = luck.of(words);
    return text.slice(0, index) + luck.of(words)[0] + text.slice(index + found.length);
  },
  (text) => `\ufeff${text}`,
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => bomb + text,
  (text, luck) => text.repeat(2 + luck.below(2)),
];

/** The text, spoiled in one to three ways. */
export function mutated(text: string, luck: Chance): string {
  let made = text;
  for (let turn = luck.below(3); turn >= 0; turn--) made = luck.of(mutations)(made, luck);
  return made;
}
