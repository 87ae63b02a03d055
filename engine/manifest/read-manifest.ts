import type { Diagnostic } from '../error/diagnostic.ts';
import type { Source } from '../error/place.ts';
import { nestsDeeper } from '../util/json/nesting.ts';
import { depthLimit, tooDeep } from './expansion.ts';
import { type ManifestNode, type MappingNode, nodeFromValue } from './node.ts';
import { type DefaultTypeOf, propagateParameters } from './parameters.ts';
import { parseManifest } from './parse.ts';
import type { ReadDocument } from './read-document.ts';
import { resolveReferences } from './references.ts';
import { survey } from './survey.ts';
import { withSourceType } from './with-source-type.ts';

export interface ReadManifest {
  /** As it is written: references are still references. Absent when the text is unreadable. */
  readonly written?: MappingNode;
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
    /** How its YAML is read, for texts that are read again and again. */
    readonly readDocument?: ReadDocument | undefined;
  },
): ReadManifest {
  const parsed: Pick<ReadManifest, 'node' | 'diagnostics'> =
    options.tree === undefined
      ? parse(source, options.value, options.readDocument)
      : { node: options.tree, diagnostics: [] };
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
  return { written: parsed.node, node: propagated.node, diagnostics, classNames };
}

function parse(
  source: Source,
  value: unknown,
  readDocument: ReadDocument | undefined,
): Pick<ReadManifest, 'node' | 'diagnostics'> {
  const { text } = source;
  if (text !== undefined) return parseManifest({ ...source, text }, readDocument);
  if (nestsDeeper(value, depthLimit)) {
    const place = { source, start: 0, end: 0, pointer: '' };
    return { diagnostics: [{ severity: 'error', message: tooDeep, places: [place] }] };
  }
  return { node: nodeFromValue(value, source), diagnostics: [] };
}
