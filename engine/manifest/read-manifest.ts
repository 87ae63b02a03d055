import type { Diagnostic } from '../error/diagnostic.ts';
import type { Source } from '../error/place.ts';
import { nestsDeeper } from '../util/json/nesting.ts';
import { depthLimit, tooDeep } from './expansion.ts';
import { type ManifestNode, nodeFromValue } from './node.ts';
import { type DefaultTypeOf, propagateParameters } from './parameters.ts';
import { parseManifest } from './parse.ts';
import { resolveReferences } from './references.ts';
import { survey } from './survey.ts';
import { withSourceType } from './with-source-type.ts';

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
    /** The text as it was parsed before, or changed since. */
    readonly tree?: ManifestNode | undefined;
  },
): ReadManifest {
  const parsed: Pick<ReadManifest, 'node' | 'diagnostics'> =
    options.tree === undefined ? parse(source, options.value) : { node: options.tree, diagnostics: [] };
  if (parsed.node === undefined) return { diagnostics: parsed.diagnostics, classNames: [] };
  if (parsed.node.kind !== 'mapping') {
    const message = 'A manifest must be a mapping of fields.';
    return { diagnostics: [{ severity: 'error', message, places: [parsed.node.place] }], classNames: [] };
  }
  const resolved = resolveReferences(withSourceType(parsed.node));
  const propagated = propagateParameters(resolved.node, { defaultTypeOf: options.defaultTypeOf });
  const { classNames, hasPlainParameters } = survey(parsed.node);
  const diagnostics = [
    ...parsed.diagnostics,
    ...resolved.diagnostics,
    // To ask has the whole tree written out.
    ...(hasPlainParameters ? [] : propagated.diagnostics),
  ];
  return { node: propagated.node, diagnostics, classNames };
}

function parse(source: Source, value: unknown): Pick<ReadManifest, 'node' | 'diagnostics'> {
  const { text } = source;
  if (text !== undefined) return parseManifest({ ...source, text });
  if (nestsDeeper(value, depthLimit)) {
    const place = { source, start: 0, end: 0, pointer: '' };
    return { diagnostics: [{ severity: 'error', message: tooDeep, places: [place] }] };
  }
  return { node: nodeFromValue(value, source), diagnostics: [] };
}
