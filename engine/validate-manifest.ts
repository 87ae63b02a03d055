import type { Manifest } from './connector.ts';
import type { Diagnostic } from './error/diagnostic.ts';
import { validateComponent } from './language/validate.ts';
import { checkVersion } from './manifest/migrate.ts';
import { fieldOf, type ManifestNode, type MappingNode, typeOf } from './manifest/node.ts';

/** Every finding in a manifest, without a config: unreadable templates, unknown types, missing and misspelt fields. */
export function validateManifest({ root, registry, diagnostics }: Manifest): readonly Diagnostic[] {
  const version = checkVersion(root);
  return [
    ...diagnostics,
    ...(version === undefined ? [] : [version]),
    ...validateComponent(root, 'Source', registry),
    ...withoutStreams(root),
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
  return [{ severity: 'error', message, places: [root.place], pointer: root.place.pointer }];
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
