import { components } from '../components/index.ts';
import { ConnectorError } from '../error/connector-error.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import type { Source } from '../error/place.ts';
import type { Hook } from '../language/hook.ts';
import { createRegistry, type Registry } from '../language/registry.ts';
import type { ManifestNode, MappingNode } from '../manifest/node.ts';
import type { ReadDocument } from '../manifest/read-document.ts';
import { readManifest } from '../manifest/read-manifest.ts';

/** A manifest that has been read: a tree of components with their places. Needs no config. */
export interface Manifest {
  readonly root: MappingNode;
  readonly registry: Registry;
  /** As it is written: references are still references. Absent when it was checked before. */
  readonly written?: MappingNode | undefined;
  /** What its custom components are called: the names of hooks. */
  readonly classNames: readonly string[];
  /** Findings about its text, references and parameters. `validateManifest` finds the rest. */
  readonly diagnostics: readonly Diagnostic[];
  /** Nothing is wrong with it: it was checked before, with the same hooks. */
  readonly isChecked: boolean;
}

export interface LoadOptions {
  /** The manifest as an object, where there is no text. */
  readonly value?: unknown;
  /** The text as it was parsed before, or changed since. */
  readonly tree?: ManifestNode;
  /** How its YAML is read, for texts that are read again and again. */
  readonly readDocument?: ReadDocument;
  readonly hooks?: readonly Hook[];
}

/**
 * Reads a manifest from its text, or from the `value` that was in a config. Throws ConnectorError (config_error) when
 * there is no tree to work with; anything less is a diagnostic.
 */
export function loadManifest(
  source: Source,
  { value, tree, hooks, readDocument }: LoadOptions = {},
): Manifest {
  const registry = createRegistry(components, hooks);
  const { written, node, diagnostics, classNames } = readManifest(source, {
    defaultTypeOf: registry.defaultTypeOf,
    value,
    tree,
    readDocument,
  });
  if (node?.kind !== 'mapping') {
    const [first] = diagnostics;
    throw new ConnectorError(first?.message ?? 'The manifest is empty.', {
      kind: 'config_error',
      nodes: first?.places ?? [],
    });
  }
  return { root: node, written, registry, diagnostics, classNames, isChecked: false };
}
