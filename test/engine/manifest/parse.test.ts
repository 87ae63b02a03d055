import { printDiagnostic } from '../../../engine/error/print-location.ts';
import { toValue } from '../../../engine/manifest/node.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';

function read(text: string): unknown {
  const { node, diagnostics } = parseManifest({ name: 'm.yaml', text });
  expect(diagnostics.map(printDiagnostic)).toEqual([]);
  return node && toValue(node);
}

function errorsOf(text: string): string[] {
  const { node, diagnostics } = parseManifest({ name: 'm.yaml', text });
  expect(node).toBeUndefined();
  return diagnostics.map(printDiagnostic);
}

describe('values', () => {
  it('are those of YAML 1.1', () => {
    expect(read('a: yes\nb: Off\nc: y\nd: 010\ne: 0o10\nf: 1e3\ng: 12:30\nh: ~\ni:\nj: "yes"\n')).toEqual({
      a: true,
      b: false,
      c: 'y',
      d: 8,
      e: '0o10',
      f: '1e3',
      g: 750,
      h: null,
      i: null,
      j: 'yes',
    });
  });

  it('are taken from the last of two equal keys, in the place of the first', () => {
    const { node } = parseManifest({ name: 'm.yaml', text: 'a: 1\nb: 2\na: 3\n' });
    expect(node && JSON.stringify(toValue(node))).toBe('{"a":3,"b":2}');
  });

  it('are told to come from the last of two equal keys', () => {
    const { diagnostics } = parseManifest({ name: 'm.yaml', text: 'x: {a: 1}\ny:\n  a: 1\n  a: 3\n' });
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
    expect(diagnostics.map(printDiagnostic)).toEqual([
      [
        '"a" occurs twice in this mapping; only the last one counts.',
        'm.yaml:4:3\n4 |   a: 3\n  |   ^',
        'm.yaml:3:3\n3 |   a: 1\n  |   ^',
      ].join('\n\n'),
    ]);
  });

  it('are told to want quotes where the Python runtime cannot read a question mark', () => {
    const text =
      'a: {path: /a?b=1}\nb: [c?]\nc: /a?b=1\nd: {path: "/a?b=1"}\ne:\n  - {f: {g?h: 1}}\n  - i?\n';
    const { node, diagnostics } = parseManifest({ name: 'm.yaml', text });
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning', 'warning', 'warning']);
    expect(diagnostics.map(printDiagnostic).map((printed) => printed.split('\n').slice(-1)[0])).toEqual([
      '  |           ^',
      '  |     ^',
      '  |          ^',
    ]);
    expect(node && toValue(node)).toMatchObject({
      a: { path: '/a?b=1' },
      b: ['c?'],
      e: [{ f: { 'g?h': 1 } }, 'i?'],
    });
  });

  it('may have the keys of what is merged again', () => {
    expect(read('p: &p {x: 1}\na: {<<: *p, x: 2}\n')).toEqual({ p: { x: 1 }, a: { x: 2 } });
  });

  it('may have keys that are no strings', () => {
    expect(read('200: a\ntrue: b\n1.5: c\nnull: d\n2.0: e')).toEqual({
      '200': 'a',
      true: 'b',
      '1.5': 'c',
      null: 'd',
      '2.0': 'e',
    });
  });

  it('may have a key named __proto__', () => {
    const value = read('__proto__: {x: 1}\n');
    expect(Object.entries(value as object)).toEqual([['__proto__', { x: 1 }]]);
  });

  it('may be folded, literal and quoted over lines', () => {
    expect(read('a: >-\n  x\n  y\n\n  z\nb: |\n  p\n   q\nc: "r\n  s\\\n  t"\n')).toEqual({
      a: 'x y\nz',
      b: 'p\n q\n',
      c: 'r st',
    });
  });

  it('may be tagged', () => {
    expect(read('a: !!str 12\nb: !!int "12"\nc: !!float 1\nd: !!bool "yes"\ne: !!null ""')).toEqual({
      a: '12',
      b: 12,
      c: 1,
      d: true,
      e: null,
    });
  });

  it('may be quoted over lines that are not indented', () => {
    const text = "a:\n  b: \"{{ config['x']\n}}\"\n  c:\n    - 'd\n\n  e'\n  f: 1\n";
    expect(read(text)).toEqual({ a: { b: "{{ config['x'] }}", c: ['d\ne'], f: 1 } });
  });

  it('may be JSON, indented by tabs or not at all', () => {
    expect(read('{\n\t"a": [1, {"b": "\\/"}],\n\t"c": null\n}')).toEqual({ a: [1, { b: '/' }], c: null });
    expect(read('x:\n    schema: {\n"a": [\n 1\n],\n"b": {}\n  }\n    z: 1\n')).toEqual({
      x: { schema: { a: [1], b: {} }, z: 1 },
    });
  });
});

describe('levels', () => {
  const tooDeep = /^This is nested too deeply to be read: 250 levels are the most\.\n\nm\.yaml:\d+:\d+\n/;

  // Six thousand and a hundred thousand are what once ended the process, where the stack ran out in a bad place.
  it.each([250, 6000, 100_000])(
    'of one line that are %d too many are told, however they are written',
    (count) => {
      const texts = [
        `a: ${'['.repeat(count)}${']'.repeat(count)}\n`,
        `a: ${'['.repeat(count)}`,
        `a: ${'{a: '.repeat(count)}${'}'.repeat(count)}\n`,
        `a:\n${'- '.repeat(count)}`,
        `a:\n${'? '.repeat(count)}`,
      ];
      for (const text of texts) expect(errorsOf(text)).toEqual([expect.stringMatching(tooDeep)]);
    },
  );

  it('of many lines that are too many are told', () => {
    const lines = Array.from({ length: 300 }, (_, level) => `${' '.repeat(level)}a:`);
    expect(errorsOf(lines.join('\n'))).toEqual([expect.stringMatching(tooDeep)]);
  });

  it('may be two hundred', () => {
    expect(JSON.stringify(read(`a: ${'['.repeat(200)}${']'.repeat(200)}\n`))).toHaveLength(406);
  });

  it('count through aliases', () => {
    const chain = (length: number) =>
      ['a0: &a0 [1]', ...Array.from({ length }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}]`)].join('\n');
    read(chain(200));
    const [error] = errorsOf(chain(6000));
    expect(error).toMatch(tooDeep);
  });
});

describe('characters', () => {
  it('that YAML does not know are refused, with how to write them', () => {
    expect(errorsOf('a: b\nc: x\u0007y\n')).toEqual([
      'The character U+0007 cannot stand in YAML; in double quotes it is written "\\u0007".\n\nm.yaml:2:5\n2 | c: x\u0007y\n  |     ^',
    ]);
    expect(errorsOf('a: x\u0000')).toHaveLength(1);
  });

  it('may be any others', () => {
    const text = '\u0085 \ufeff😀é\u00a0';
    expect(read(`a: "${text}"\n`)).toEqual({ a: expect.stringContaining('😀é') });
    expect(read('a: "\\u0007"\n')).toEqual({ a: '\u0007' });
  });
});

describe('anchors', () => {
  it('are shared by their aliases, which keep both places', () => {
    const { node } = parseManifest({ name: 'm.yaml', text: 'a: &x [1]\nb: *x\n' });
    expect(node && toValue(node)).toEqual({ a: [1], b: [1] });
    const place = node?.entries.get('b')?.value.place;
    expect([place?.pointer, place?.via?.pointer]).toEqual(['/a', '/b']);
  });

  it('can be merged: own fields win, then the earlier mapping of a list', () => {
    expect(JSON.stringify(read('p: &p {x: 1, y: 1}\nq: &q {y: 2, z: 2}\na:\n  z: 0\n  <<: [*p, *q]\n'))).toBe(
      '{"p":{"x":1,"y":1},"q":{"y":2,"z":2},"a":{"y":1,"z":0,"x":1}}',
    );
  });

  it('do not blow up the memory', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level++) {
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    const [first, ...others] = parseManifest({ name: 'm.yaml', text: lines.join('\n') }).diagnostics;
    expect(first?.message).toBe('Aliases expand the manifest to more than 1000000 values.');
    expect(others).toEqual([]);
  });

  it('must be known and not contain themselves', () => {
    expect(errorsOf('a: *x\nb: &b [*b]\n')).toEqual([
      'Unknown alias "*x".\n\nm.yaml:1:4\n1 | a: *x\n  |    ^',
      'The alias "*b" is used inside its own anchor.\n\nm.yaml:2:8\n2 | b: &b [*b]\n  |        ^',
    ]);
  });
});

describe('places', () => {
  it('tell where keys and values are written', () => {
    const text = 'streams:\n  - name: "a/b"\n    a/b: 1\n';
    const { node } = parseManifest({ name: 'm.yaml', text });
    const stream = node?.entries.get('streams')?.value;
    const item = stream?.kind === 'sequence' ? stream.items[0] : undefined;
    const entry = item?.kind === 'mapping' ? item.entries.get('a/b') : undefined;
    expect(entry?.key.place).toMatchObject({ start: 29, end: 32, pointer: '/streams/0/a~1b' });
    expect(entry?.value.place).toMatchObject({
      start: 34,
      end: 35,
      pointer: '/streams/0/a~1b',
      style: 'plain',
    });
  });
});

describe('unreadable text', () => {
  it.each([
    ["url: {{ config['a'] }}", 6],
    ["url: {{ config['a'] }}/x", 6],
    ['url: {% if x %}y{% endif %}', 6],
    ['url: {{ a }}', 6],
    ['- {{ a }} b', 3],
  ])('says that the template in %s must be quoted', (text, column) => {
    expect(errorsOf(text)[0]).toBe(
      'A value that starts with "{{" or "{%" must be quoted, or YAML reads it as a mapping.\n\n' +
        `m.yaml:1:${column}\n1 | ${text}\n  | ${' '.repeat(column - 1)}^`,
    );
  });

  it('names a wrong indentation', () => {
    expect(errorsOf('a:\n  b: 1\n c: 2\n')[0]).toBe(
      'This line is not indented like its neighbours.\n\nm.yaml:3:1\n3 |  c: 2\n  | ^',
    );
  });

  it('reports every place', () => {
    expect(errorsOf('a: "\\d"\nb: @x\nc: !foo 1\n').map((text) => text.split('\n')[0])).toEqual([
      'This escape is unknown in a double-quoted value; use single quotes to keep the backslash.',
      'Plain value cannot start with reserved character @.',
    ]);
  });

  it('refuses tags nobody knows, a second document, and what is no mapping', () => {
    expect(errorsOf('c: !foo 1\n')).toEqual([
      'Unknown tag "!foo".\n\nm.yaml:1:9\n1 | c: !foo 1\n  |         ^',
    ]);
    expect(errorsOf('a: 1\n---\nb: 2\n')[0]).toContain('a second one starts here');
    expect(errorsOf('- a\n')[0]).toContain('A manifest must be a mapping of fields.');
    expect(errorsOf('# nothing\n')[0]).toContain('The manifest is empty.');
  });
});
