import { printDiagnostic } from '../../../engine/error/print-location.ts';
import { toValue } from '../../../engine/manifest/node.ts';
import { readManifest } from '../../../engine/manifest/read-manifest.ts';

const defaultTypeOf = (parent: string, field: string) =>
  `${parent}.${field}` === 'DeclarativeSource.check' ? 'CheckStream' : undefined;

it('reads a text to the tree of its components', () => {
  const text = 'check: {$ref: "#/c"}\nc: {stream_names: [a]}\n';
  const { node, diagnostics } = readManifest({ name: 'm.yaml', text }, { defaultTypeOf });
  expect(diagnostics).toEqual([]);
  expect(node && toValue(node)).toEqual({
    type: 'DeclarativeSource',
    check: { type: 'CheckStream', stream_names: ['a'] },
    c: { stream_names: ['a'] },
  });
});

it('reads an object inside a config the same way', () => {
  const value = { check: { stream_names: ['a'] } };
  const { node } = readManifest({ name: '<config>' }, { defaultTypeOf, value });
  expect(node && toValue(node)).toEqual({
    type: 'DeclarativeSource',
    check: { type: 'CheckStream', stream_names: ['a'] },
  });
});

it('refuses an object with too many levels', () => {
  const value = JSON.parse(`{"a":${'['.repeat(6000)}${']'.repeat(6000)}}`);
  const { node, diagnostics } = readManifest({ name: '<config>' }, { defaultTypeOf, value });
  expect(node).toBeUndefined();
  expect(diagnostics).toMatchObject([
    { severity: 'error', message: 'This is nested too deeply to be read: 250 levels are the most.' },
  ]);
});

it('collects what is wrong on the way and keeps the rest', () => {
  const text = 'a: "#/b"\nc: {type: C, $parameters: 1}\n';
  const { node, diagnostics } = readManifest({ name: 'm.yaml', text }, { defaultTypeOf });
  expect(diagnostics.map((diagnostic) => printDiagnostic(diagnostic).split('\n')[0])).toEqual([
    'There is nothing at "#/b".',
    '"$parameters" must be a mapping.',
  ]);
  expect(node && toValue(node)).toEqual({ type: 'DeclarativeSource', a: '#/b', c: { type: 'C' } });
});

it.each([
  ['a reference', 'p: [1]\nc: {type: C, $parameters: {$ref: "#/p"}}\n'],
  ['a short reference', 'p: 1\nc: {d: {type: D, $parameters: "#/p"}}\n'],
  [
    'a reference with a field beside it',
    'p: [1]\nc: {type: C, e: {$parameters: {$ref: "#/p", q: 1}, type: E}}\n',
  ],
])('tells of parameters that are no mapping by %s', (_, text) => {
  const { diagnostics } = readManifest({ name: 'm.yaml', text }, { defaultTypeOf });
  expect(diagnostics.map(({ message }) => message)).toEqual(['"$parameters" must be a mapping.']);
});

it('refuses what is no mapping', () => {
  expect(
    readManifest({ name: '<config>' }, { defaultTypeOf, value: [1] }).diagnostics.map(printDiagnostic),
  ).toEqual(['A manifest must be a mapping of fields.\n\n<config>#']);
});
