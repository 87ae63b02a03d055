import type { Diagnostic } from '../error/diagnostic.ts';
import type { Source } from '../error/place.ts';
import { nestsDeeper } from '../util/json/nesting.ts';
import { classNames } from './class-names.ts';
import { depthLimit, tooDeep } from './expansion.ts';
import { type ManifestNode, type MappingNode, nodeFromValue } from './node.ts';
import { type DefaultTypeOf, propagateParameters } from './parameters.ts';
import { parseManifest } from './parse.ts';
import { resolveReferences } from './references.ts';

export interface ReadManifest {
  /** Absent when the text is unreadable. When there are errors among the diagnostics, it is what could be read. */
  readonly node?: ManifestNode;
  readonly diagnostics: readonly Diagnostic[];
  /** What its custom components are called. */
  readonly classNames: readonly string[];
}

/** A manifest's text (or, inside a config, its object) as the tree of components the language layer works on. */
export function readManifest(
  source: Source,
  options: {
    readonly defaultTypeOf: DefaultTypeOf;
    readonly value?: unknown;
    /** What was parsed from the text before. */
    readonly tree?: MappingNode | undefined;
  },
): ReadManifest {
  const parsed = parse(source, options);
  if (parsed.node === undefined) return { diagnostics: parsed.diagnostics, classNames: [] };
  if (parsed.node.kind !== 'mapping') {
    const message = 'A manifest must be a mapping of fields.';
    return { diagnostics: [{ severity: 'error', message, places: [parsed.node.place] }], classNames: [] };
  }
  const resolved = resolveReferences(withType(parsed.node));
  const propagated = propagateParameters(resolved.node, { defaultTypeOf: options.defaultTypeOf });
  const diagnostics = [...parsed.diagnostics, ...resolved.diagnostics, ...propagated.diagnostics];
  // Of the tree as it is written: references make it many times as large.
  return { node: propagated.node, diagnostics, classNames: classNames(parsed.node) };
}

function parse(
  source: Source,
  { tree, value }: { readonly tree?: MappingNode | undefined; readonly value?: unknown },
): Pick<ReadManifest, 'node' | 'diagnostics'> {
  if (tree !== undefined) return { node: tree, diagnostics: [] };
  const { text } = source;
  if (text !== undefined) return parseManifest({ ...source, text });
  if (nestsDeeper(value, depthLimit)) {
    const place = { source, start: 0, end: 0, pointer: '' };
    return { diagnostics: [{ severity: 'error', message: tooDeep, places: [place] }] };
  }
  return { node: nodeFromValue(value, source), diagnostics: [] };
}

/** A manifest need not say what it is. */
function withType(root: MappingNode): MappingNode {
  if (root.entries.has('type')) return root;
  const place = { ...root.place, pointer: '/type' };
  const type = {
    key: { kind: 'scalar', value: 'type', place },
    value: { kind: 'scalar', value: 'DeclarativeSource', place },
  } as const;
  return { ...root, entries: new Map([...root.entries, ['type', type]]) };
}
