import type { Manifest } from '../connector/load-manifest.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { checkVersion } from '../manifest/migrate.ts';
import { fieldOf, type ManifestNode, type MappingNode, typeOf } from '../manifest/node.ts';
import { errorAt } from '../manifest/node-diagnostic.ts';
import { didYouMean } from '../util/text/did-you-mean.ts';
import { unknownNames } from './unknown-names.ts';
import { validateComponent } from './validate-component.ts';

/** Every finding in a manifest, without a config: unreadable templates, unknown types, missing and misspelt fields. */
export function validateManifest({ root, registry, diagnostics }: Manifest): readonly Diagnostic[] {
  const version = checkVersion(root);
  return [
    ...diagnostics,
    ...(version === undefined ? [] : [version]),
    ...validateComponent(root, 'Source', registry),
    ...withoutStreams(root),
    ...unknownCheckStreams(root),
    ...misnamedStreams(root),
    ...unknownNames(root),
    ...itemsOf(fieldOf(root, 'streams')).flatMap((node) => validateStream(node)),
    ...itemsOf(fieldOf(root, 'dynamic_streams')).flatMap((node) => {
      const template = fieldOf(node, 'stream_template');
      return template?.kind === 'mapping' ? validateComponent(template, 'Stream', registry) : [];
    }),
  ];

  function validateStream(node: MappingNode): Diagnostic[] {
    if (typeOf(node) === 'ConditionalStreams') {
      return [
        ...validateComponent(node, 'ConditionalStreams', registry),
        ...itemsOf(fieldOf(node, 'streams')).flatMap((stream) => validateStream(stream)),
      ];
    }
    const name = fieldOf(node, 'name');
    return withStream(validateComponent(node, 'Stream', registry), name);
  }
}

function withoutStreams(root: MappingNode): Diagnostic[] {
  if (fieldOf(root, 'streams') !== undefined || fieldOf(root, 'dynamic_streams') !== undefined) return [];
  const message = 'The manifest has no streams: it needs the field "streams" or "dynamic_streams".';
  return [errorAt(root, message)];
}

/** Streams that a check names, and that are not in the manifest; dynamic streams have names nobody knows yet. */
function unknownCheckStreams(root: MappingNode): Diagnostic[] {
  const check = fieldOf(root, 'check');
  if (check?.kind !== 'mapping' || fieldOf(root, 'dynamic_streams') !== undefined) return [];
  const names = streamsOf(root).map((node) => textOf(fieldOf(node, 'name')));
  // Without a name of its own a stream is named elsewhere.
  if (fieldOf(root, 'streams') === undefined || names.includes(undefined)) return [];
  const checked = fieldOf(check, 'stream_names');
  return (checked?.kind === 'sequence' ? checked.items : []).flatMap((node): Diagnostic[] => {
    const name = textOf(node);
    if (name === undefined || names.includes(name)) return [];
    const message = `There is no stream "${name}" to check.${didYouMean(name, names as string[])}`;
    return [errorAt(node, message)];
  });
}

/** Streams that a catalog cannot tell from each other, or cannot name at all. */
function misnamedStreams(root: MappingNode): Diagnostic[] {
  const seen = new Map<string, ManifestNode>();
  return streamsOf(root).flatMap((node): Diagnostic[] => {
    const nameNode = fieldOf(node, 'name');
    const name = textOf(nameNode);
    if (nameNode === undefined || name === '')
      return [warningAt([nameNode ?? node], 'This stream has no "name", so no catalog can ask for it.')];
    if (name === undefined) return [];
    const before = seen.get(name);
    seen.set(name, nameNode);
    if (before === undefined) return [];
    return [warningAt([nameNode, before], `Two streams are named "${name}"; each needs a name of its own.`)];
  });
}

function warningAt(nodes: readonly [ManifestNode, ...ManifestNode[]], message: string): Diagnostic {
  return {
    severity: 'warning',
    message,
    places: nodes.map(({ place }) => place),
    pointer: nodes[0].place.pointer,
  };
}

function streamsOf(root: MappingNode): readonly MappingNode[] {
  return itemsOf(fieldOf(root, 'streams')).flatMap((node) =>
    typeOf(node) === 'ConditionalStreams' ? itemsOf(fieldOf(node, 'streams')) : [node],
  );
}

function textOf(node: ManifestNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

function itemsOf(node: ManifestNode | undefined): readonly MappingNode[] {
  return node?.kind === 'sequence'
    ? node.items.filter((item): item is MappingNode => item.kind === 'mapping')
    : [];
}

function withStream(diagnostics: Diagnostic[], name: ManifestNode | undefined): Diagnostic[] {
  return name?.kind === 'scalar'
    ? diagnostics.map((diagnostic) => ({ ...diagnostic, stream: String(name.value) }))
    : diagnostics;
}
