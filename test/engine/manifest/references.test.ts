import { printDiagnostic, printLocation } from '../../../engine/error/print-location.ts';
import { fieldOf, type ManifestNode, nodeFromValue, toValue } from '../../../engine/manifest/node.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';
import { resolveReferences } from '../../../engine/manifest/references.ts';
import { nestsDeeper } from '../../../engine/util/json/nesting.ts';

function parse(text: string): ManifestNode {
  const { node } = parseManifest({ name: 'm.yaml', text });
  if (!node) throw new Error('unreadable');
  return node;
}

function resolved(text: string): unknown {
  const { node, diagnostics } = resolveReferences(parse(text));
  expect(diagnostics.map(printDiagnostic)).toEqual([]);
  return toValue(node);
}

function diagnosticsOf(text: string): string[] {
  return resolveReferences(parse(text)).diagnostics.map(printDiagnostic);
}

it('puts the target in the place of a mapping with $ref, or of a plain text', () => {
  expect(resolved('a: {x: 1}\nb: {$ref: "#/a"}\nc: "#/a/x"\nd: ["#/a"]\n')).toEqual({
    a: { x: 1 },
    b: { x: 1 },
    c: 1,
    d: [{ x: 1 }],
  });
});

it('lets the fields beside a $ref win and keeps the order of the target', () => {
  expect(JSON.stringify(resolved('a: {x: 1, y: 2}\nb:\n  z: 3\n  x: 0\n  $ref: "#/a"\n'))).toBe(
    '{"a":{"x":1,"y":2},"b":{"x":0,"y":2,"z":3}}',
  );
});

it('follows references in the target', () => {
  expect(resolved('a: {x: 1}\nb: {$ref: "#/a", y: 2}\nc: {$ref: "#/b", z: "#/a/x"}\n')).toMatchObject({
    c: { x: 1, y: 2, z: 1 },
  });
});

it('finds keys with slashes before nested ones, and items by their index', () => {
  expect(
    resolved('a/b: 1\na: {b: 2, c: [3, 4], d/e: 5}\np: "#/a/b"\nq: "#/a/c/1"\nr: "#/a/c/-1"\ns: "#/a/d/e"\n'),
  ).toMatchObject({ p: 1, q: 4, r: 4, s: 5 });
});

it('leaves config overrides as they are', () => {
  expect(resolved('config_overrides: {a: "#/nothing"}\n')).toEqual({ config_overrides: { a: '#/nothing' } });
});

it('resolves a target once and shares what is in it', () => {
  const { node } = resolveReferences(parse('a: {x: {y: 1}}\nb: {$ref: "#/a"}\nc: {$ref: "#/a"}\n'));
  const [b, c] = ['b', 'c'].map((name) => fieldOf(fieldOf(node, name) ?? node, 'x'));
  expect(b?.kind).toBe('mapping');
  expect(b).toBe(c);
});

it('keeps the place of the target and that of the reference', () => {
  const { node } = resolveReferences(parse('a:\n  x: 1\nb:\n  $ref: "#/a"\n'));
  const b = fieldOf(node, 'b');
  expect(b && printLocation(b.place)).toBe(
    'm.yaml:2:3\n2 |   x: 1\n  |   ^\n\nm.yaml:4:9, referenced here\n4 |   $ref: "#/a"\n  |         ^',
  );
});

it('reports a reference to nothing, with a near name', () => {
  expect(diagnosticsOf('definitions: {requester: {a: 1}}\nb: {$ref: "#/definitions/requestor"}\n')).toEqual([
    'There is nothing at "#/definitions/requestor". Did you mean "requester"?\n\n' +
      'm.yaml:2:11\n2 | b: {$ref: "#/definitions/requestor"}\n  |           ^',
  ]);
});

it('reports a path through another reference', () => {
  expect(diagnosticsOf('a: {x: 1}\nb: {$ref: "#/a"}\nc: "#/b/x"\n')[0]).toContain(
    'There is nothing at "#/b/x". A reference cannot lead through another "$ref" to "x".',
  );
});

it('reports a circle with all its places', () => {
  expect(diagnosticsOf('a: {x: "#/b"}\nb: {y: "#/a"}\n')).toEqual([
    'The reference "#/b" leads back to itself.\n\n' +
      'm.yaml:1:8\n1 | a: {x: "#/b"}\n  |        ^\n\n' +
      'm.yaml:2:8\n2 | b: {y: "#/a"}\n  |        ^',
  ]);
});

it('reports each reference that is wrong and resolves the others', () => {
  const { node, diagnostics } = resolveReferences(parse('a: "#/x"\nb: "#/y"\nc: 1\nd: "#/c"\n'));
  expect(diagnostics.length).toBe(2);
  expect(toValue(node)).toEqual({ a: '#/x', b: '#/y', c: 1, d: 1 });
});

it('warns of a $ref to elsewhere', () => {
  const { node, diagnostics } = resolveReferences(parse('a: {$ref: other.json, b: 1}\n'));
  expect(toValue(node)).toEqual({ a: 'other.json' });
  expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
});

it('works on a manifest without text, with JSON pointers for places', () => {
  const source = { name: '<config>' };
  const node = nodeFromValue({ streams: [{ $ref: '#/definitions/x' }] }, source);
  expect(resolveReferences(node).diagnostics.map(printDiagnostic)).toEqual([
    'There is nothing at "#/definitions/x".\n\n<config>#/streams/0/$ref',
  ]);
});

it('does not blow up the memory', () => {
  const lines = ['a0: [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 12; level++) {
    lines.push(
      `a${level}: [${Array(10)
        .fill(`"#/a${level - 1}"`)
        .join(', ')}]`,
    );
  }
  const { diagnostics } = resolveReferences(parse(lines.join('\n')));
  expect(diagnostics.map(({ message }) => message)).toEqual([
    'References expand the manifest to more than 1000000 values.',
  ]);
});

describe('levels', () => {
  const chain = (length: number, first: number) =>
    [
      'last: 1',
      ...Array.from({ length }, (_, at) => `a${at}: {x: "#/${at + 1 === length ? 'last' : `a${at + 1}`}"}`),
      `root: "#/a${first}"`,
    ].join('\n');

  it('of a few references are no matter', () => {
    expect(diagnosticsOf(chain(100, 0))).toEqual([]);
  });

  // From the last on, each target is known when the one before it asks for it.
  it.each(['forwards', 'backwards'])('that are too many are told, read %s', (direction) => {
    const lines = chain(6000, 0).split('\n');
    const text = (direction === 'forwards' ? lines : lines.toReversed()).join('\n');
    const found = diagnosticsOf(text);
    expect(found).toEqual([
      expect.stringMatching(/^This is nested too deeply to be read: 250 levels are the most\./),
    ]);
  });

  it('that are too many are not left in the tree', () => {
    expect(nestsDeeper(toValue(resolveReferences(parse(chain(6000, 0))).node), 251)).toBe(false);
  });
});
