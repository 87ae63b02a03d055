import { printDiagnostic, printLocation } from '../../../engine/error/print-location.ts';
import { fieldOf, type ManifestNode, type MappingNode, toValue } from '../../../engine/manifest/node.ts';
import { type PropagationOptions, propagateParameters } from '../../../engine/manifest/parameters.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';
import { resolveReferences } from '../../../engine/manifest/references.ts';

const defaults: Record<string, string> = {
  'DeclarativeStream.retriever': 'SimpleRetriever',
  'SimpleRetriever.requester': 'HttpRequester',
};
const customs: Record<string, string> = { 'DeclarativeStream.retriever': 'CustomRetriever' };

const defaultTypeOf: PropagationOptions['defaultTypeOf'] = (parent, field, custom) =>
  (custom ? customs : defaults)[`${parent}.${field}`];

function parse(text: string): MappingNode {
  const { node } = parseManifest({ name: 'm.yaml', text });
  const resolved = node && resolveReferences(node).node;
  if (resolved?.kind !== 'mapping') throw new Error('unreadable');
  return resolved;
}

function propagated(text: string, options: Partial<PropagationOptions> = {}): unknown {
  const { node, diagnostics } = propagateParameters(parse(text), { defaultTypeOf, ...options });
  expect(diagnostics).toEqual([]);
  return toValue(node);
}

function at(node: ManifestNode, ...path: string[]): ManifestNode {
  return path.reduce((parent, name) => fieldOf(parent, name) ?? parent, node);
}

it('gives components without a type that of their slot', () => {
  expect(propagated('type: DeclarativeStream\nretriever: {requester: {}}\nother: {}')).toEqual({
    type: 'DeclarativeStream',
    retriever: { type: 'SimpleRetriever', requester: { type: 'HttpRequester' } },
    other: {},
  });
  expect(propagated('type: DeclarativeStream\nretriever: {class_name: a.B}')).toEqual({
    type: 'DeclarativeStream',
    retriever: { type: 'CustomRetriever', class_name: 'a.B' },
  });
});

it('hands parameters down as fields that are missing or empty', () => {
  expect(
    propagated(
      'type: A\n$parameters: {p: 1, q: 2, r: 3}\nq: 0\nr: 9\nb: {type: B, $parameters: {p: 7}, q: [4]}',
    ),
  ).toEqual({
    type: 'A',
    p: 1,
    q: 2,
    r: 9,
    b: { type: 'B', p: 7, q: [4], r: 3, $parameters: { p: 7, q: 2, r: 3 } },
    $parameters: { p: 1, q: 2, r: 3 },
  });
});

it('does not hand a field the parameter of its own name', () => {
  expect(propagated('type: A\n$parameters: {b: {x: 1}, c: 2}\nb: {type: B}')).toEqual({
    type: 'A',
    b: { type: 'B', c: 2, $parameters: { c: 2 } },
    c: 2,
    $parameters: { c: 2, b: { x: 1 } },
  });
});

it('leaves JSON schemas alone and drops the parameters written in them', () => {
  const schema = 'schema: {type: object, $parameters: {gone: 1}, properties: {type: {type: string}}}';
  expect(propagated(`type: A\n$parameters: {p: 1}\n${schema}`)).toMatchObject({
    schema: { type: 'object', properties: { type: { type: 'string' } } },
  });
});

it('reaches components directly inside a mapping without a type', () => {
  expect(propagated('type: A\n$parameters: {p: 1}\nmap: {b: {type: B}, c: {d: {type: D}}}')).toMatchObject({
    map: { b: { type: 'B', p: 1, $parameters: { p: 1 } }, c: { d: { type: 'D' } } },
  });
});

it('lets the parameters from above win on demand', () => {
  const parameters = parse('p: 1');
  const text = 'type: A\n$parameters: {p: 2, q: 3}';
  expect(propagated(text, { parameters })).toMatchObject({ p: 2, q: 3 });
  expect(propagated(text, { parameters, useParentParameters: true })).toMatchObject({ p: 1, q: 3 });
});

it('keeps a parameter where it was written', () => {
  const { node } = propagateParameters(parse('type: A\n$parameters:\n  path: x\nb:\n  type: B\n'), {
    defaultTypeOf,
  });
  expect(printLocation(at(node, 'b', 'path').place)).toBe('m.yaml:3:9\n3 |   path: x\n  |         ^');
});

it('tells of every node below a reference how it was reached', () => {
  const text = [
    'd:',
    '  r: {type: R, q: {$ref: "#/d/q"}}',
    '  q: {type: Q, headers: {x: y}}',
    'type: A',
    'b: {$ref: "#/d/r"}',
    '',
  ].join('\n');
  const { node } = propagateParameters(parse(text), { defaultTypeOf });
  expect(printLocation(at(node, 'b', 'q', 'headers', 'x').place)).toBe(
    [
      'm.yaml:3:29\n3 |   q: {type: Q, headers: {x: y}}\n  |                             ^',
      'm.yaml:2:26, referenced here\n2 |   r: {type: R, q: {$ref: "#/d/q"}}\n  |                          ^',
      'm.yaml:5:11, referenced here\n5 | b: {$ref: "#/d/r"}\n  |           ^',
    ].join('\n\n'),
  );
});

it('reports parameters that are no mapping', () => {
  const { diagnostics } = propagateParameters(parse('type: A\n$parameters: [p]\n'), { defaultTypeOf });
  expect(diagnostics.map(printDiagnostic)).toEqual([
    '"$parameters" must be a mapping.\n\nm.yaml:2:14\n2 | $parameters: [p]\n  |              ^',
  ]);
});

it('gives the same whatever is looked at first', () => {
  const text = 'type: A\n$parameters: {b: {type: P}, c: 2}\nb: {type: B}\nd: {type: D, e: {type: E}}\n';
  const { node } = propagateParameters(parse(text), { defaultTypeOf });
  expect(toValue(at(node, 'd', 'e'))).toMatchObject({ type: 'E', b: { type: 'P' }, c: 2 });
  expect(toValue(at(node, 'b'))).toEqual({ type: 'B', c: 2, $parameters: { c: 2 } });
});
