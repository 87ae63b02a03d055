import {
  glanceAtTests,
  leaveTests,
  readTests,
  testsThatCanBeLeft,
} from '../../../../engine/conformance/test-file/read-partly.ts';
import { type ReadTestFile, readTestFile } from '../../../../engine/conformance/test-file/read-test-file.ts';
import { toValue } from '../../../../engine/manifest/node.ts';
import { nodeAt } from '../../../../engine/manifest/node-at.ts';

const usual = `# What it asks.
config: { token: t }
tests:
  - name: all
    stream: items
    config: {"since":"2024"}
    http:
      - on: GET /items
        json: [{"id":1},{"id":2}]
      - on: "GET /items?page=2"
        text: |
          id: 3

    expect: { count: 3 }
  - name: goes on
    stream: items
    state: {"at":"2024"}
    now: 2024-02-01T00:00:00Z
    http: [{ on: GET /items, json: [] }]
    expect:
      count: 0
  # Of those that are labelled.
  - stream: labels
    name: all
    recorded: 2024-01-01
    http:
      - { on: GET /labels, json: [{ id: 1 }] }
skip:
  pk-declared: The API has no ids.
`;

function source(text: string) {
  return { name: 'x.test.yaml', text };
}

/** The file as it is read when its tests were those of another text before. */
function glance(text: string, before = text): ReadTestFile | undefined {
  const known = new Set(testsThatCanBeLeft(readTestFile(source(before))));
  return glanceAtTests(source(text), (each) => known.has(each));
}

function heads({ fields }: ReadTestFile) {
  return {
    ...fields,
    tests: fields?.tests?.map(({ http: _, expect: __, state: ___, now: ____, ...head }) => head),
  };
}

/** What is told of a test: what it says, and where that stands. */
function told(read: ReadTestFile | undefined, index: number) {
  const { node, fields } = read ?? {};
  const test = node && nodeAt(node, ['tests', index]);
  const exchange = node && nodeAt(node, ['tests', index, 'http', 0]);
  const [first, second] = [test, exchange].map((each) => each && [each.place.start, each.place.pointer]);
  return { fields: fields?.tests?.[index], value: test && toValue(test), first, second };
}

/** Whatever is left unread: nothing else is said than by who reads all of it. */
function expectSame(text: string, before: string): ReadTestFile | undefined {
  const glanced = glance(text, before);
  const whole = readTestFile(source(text));
  if (glanced === undefined) return undefined;
  expect(whole.diagnostics).toEqual([]);
  expect(heads(glanced)).toEqual(heads(whole));
  const count = whole.fields?.tests?.length ?? 0;
  for (let index = 0; index < count; index += 1) {
    const read = readTests(glanced, [index]);
    expect(read.unread?.has(index)).toBe(false);
    expect(told(read, index)).toEqual(told(whole, index));
  }
  const all = readTests(
    glanced,
    Array.from({ length: count }, (_, index) => index),
  );
  expect(all.fields).toEqual(whole.fields);
  return glanced;
}

const forms: readonly (readonly [string, string])[] = [
  ['as usual', usual],
  ['with lines that end as on Windows', usual.replaceAll('\n', '\r\n')],
  ['a list that stands as far out as its name', usual.replaceAll(/^ {2}(?!pk)/gm, '')],
  [
    'more spaces behind the dash',
    usual.replace(/^ {2}- name: goes on\n(?: {4}.*\n)+/m, (text) =>
      text.replaceAll(/^ {4}/gm, '       ').replace('- name', '-    name'),
    ),
  ],
  ['without a last end of line', usual.slice(0, usual.indexOf('skip:')).trimEnd()],
];

describe('a test file of which the tests are known', () => {
  it.each(forms)('is read without what they ask and expect: %s', (_, text) => {
    expect(readTestFile(source(text)).diagnostics).toEqual([]);
    const glanced = expectSame(text, text);
    expect([...(glanced?.unread ?? [])]).toEqual([0, 1, 2]);
    expect(glanced?.fields?.tests?.map(({ http, expect: expected }) => [http, expected])).toEqual(
      Array(3).fill([undefined, undefined]),
    );
  });

  it('is read without those of streams, whoever knows them', () => {
    const text = usual.replace(
      'skip:',
      `  - name: works\n    expect: { check: { status: SUCCEEDED } }\nskip:`,
    );
    const whole = readTestFile(source(text));
    expect(whole.diagnostics).toEqual([]);
    const left = leaveTests(source(text));
    expect([...(left?.unread ?? [])]).toEqual([0, 1, 2]);
    expect(left && readTests(left, [0, 1, 2]).fields).toEqual(whole.fields);
  });

  it('shows what is wrong in those that were left once they are read', () => {
    const text = usual.replace('count: 0', 'cuont: 0');
    const left = leaveTests(source(text));
    expect(left && readTests(left, [0]).fields).toBeDefined();
    expect(left && readTests(left, [1])).toEqual(readTestFile(source(text)));
  });

  it('is read with those that are new', () => {
    const glanced = expectSame(usual.replace('count: 0', 'count: 1'), usual);
    expect([...(glanced?.unread ?? [])]).toEqual([0, 2]);
    expect(glanced?.fields?.tests?.[1]?.expect?.count).toBe(1);
  });

  it('is read wherever they stand now', () => {
    const [head = '', one = '', two = '', three = ''] = usual.split(/^(?= {2}- )/m);
    const glanced = expectSame(`# A line more.\n${head}${two}${one}${three}`, usual);
    expect(glanced?.unread?.size).toBe(3);
  });

  it.each([
    ['a field that there is not', 'count: 0', 'cuont: 0'],
    ['a field of the file that there is not', 'skip:', 'skips:'],
    ['a name that another test has', 'name: goes on', 'name: all'],
    ['a text that does not end', 'name: goes on', 'name: "goes on'],
    ['a bracket that is not closed', 'expect:\n      count: 0', 'expect: { count: 0'],
    ['a test without a stream', '    stream: items\n    state', '    state'],
    ['a second document', 'skip:', '---\nskip:'],
    ['a list of them that counts instead', 'skip:', '"tests": []\nskip:'],
    ['a character that YAML does not have', 'name: goes on', 'name: goes\u0001 on'],
  ])('is read as a whole where something is wrong: %s', (_, from, to) => {
    const text = usual.replace(from, to);
    expect(text).not.toBe(usual);
    expect(expectSame(text, usual)).toBeUndefined();
  });

  it('is read as a whole where a text goes on in a test that is known', () => {
    const before = usual.replace('stream: labels', "stream: labels # it's one");
    expect(glance(before)?.unread?.size).toBe(3);
    expect(glance(before.replace('name: goes on', "name: 'goes on"), before)).toBeUndefined();
  });

  it.each([
    ['says what another one says', 'json: [] }]', 'json: *rows }]', 1],
    ['is looked at by others', 'json: [{"id":1},{"id":2}]', 'json: &rows [{"id":1},{"id":2}]', 0],
    [
      'has a text that looks like a field',
      'expect:\n      count: 0',
      'expect:\n      error: "a\n    stream: labels\n        b"',
      1,
    ],
    [
      'has a field twice',
      '    state: {"at":"2024"}\n',
      '    state: {"at":"2024"}\n    state: {"at":"2025"}\n',
      1,
    ],
  ])('is read with a test that %s', (_, from, to, index) => {
    const rows = usual.replace('json: [{"id":1},{"id":2}]', 'json: &rows [{"id":1},{"id":2}]');
    const text = (to.includes('*rows') ? rows : usual).replace(from, to);
    expect(readTestFile(source(text)).diagnostics).toEqual([]);
    const glanced = expectSame(text, text);
    expect(glanced?.unread?.has(Number(index)) ?? false).toBe(false);
  });

  it('is not left out for a text that only looks as if it were known', () => {
    // The second of these stands in a text of the first.
    const text =
      'tests:\n  - name: a\n    stream: s\n    http:\n      - on: GET /a\n        text: "\n  - name: b\n    stream: s\n    http: []\n"\n';
    const alone = 'tests:\n  - name: b\n    stream: s\n    http: []\n"';
    expect(expectSame(text, alone.slice(0, -1))).toBeUndefined();
  });
});
