import type { Diagnostic } from '../../error/diagnostic.ts';
import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { memberUses } from '../../template/member-uses.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { textsOf } from '../texts.ts';
import { type ComponentAt, childIn, visit, written } from '../visit.ts';

/** Fields of the config that templates read are fields that a user can give. */
export function* configFields(source: ComponentAt): Iterable<Diagnostic> {
  if (source.family !== 'Source') return;
  const known = knownFields(source);
  if (known === undefined) return;
  for (const at of visit(source)) {
    if (at.family === 'ConfigMigration' || at.family === 'ConfigTransformation') continue;
    for (const { node, text } of textsOf(at)) {
      for (const { name, member, offset, how } of memberUses(text)) {
        if (name !== 'config' || how === 'call' || known.has(member) || member.startsWith('__')) continue;
        const message = `The spec has no "${member}", so no config has it.${didYouMean(member, known)}`;
        yield { ...warningAt(node, message), offset };
      }
    }
  }
}

/** The names at the top of a config; undefined when they cannot be told. */
function knownFields(source: ComponentAt): Set<string> | undefined {
  const spec = childIn(source, 'spec');
  const schema = written(spec, 'connection_specification');
  if (spec === undefined || schema === undefined || fieldOf(schema, 'properties') === undefined)
    return undefined;
  const names = new Set<string>();
  collectProperties(schema, names);
  // What the manifest itself puts into the config.
  for (const at of visit(source)) {
    if (at.isHook && at.family === 'ConfigTransformation') return undefined;
    const isChange = at.family === 'ConfigTransformation' || at.family === 'ConfigMigration';
    if (isChange) collectChanges(at.node, names);
    for (const field of ['access_token', 'refresh_token', 'token_expiry_date'])
      addFirst(written(at, 'refresh_token_updater', `${field}_config_path`), names);
  }
  collectPaths(written(spec, 'advanced_auth'), names);
  return names;
}

function collectProperties(schema: ManifestNode, names: Set<string>): void {
  const properties = fieldOf(schema, 'properties');
  if (properties?.kind === 'mapping') for (const name of properties.entries.keys()) names.add(name);
  for (const combination of ['oneOf', 'anyOf', 'allOf']) {
    const parts = fieldOf(schema, combination);
    if (parts?.kind === 'sequence') for (const part of parts.items) collectProperties(part, names);
  }
}

/** The paths that a change of the config writes: of added fields, and the new names in a map. */
function collectChanges(node: ManifestNode, names: Set<string>): void {
  if (node.kind === 'scalar') {
    if (typeof node.value === 'string') names.add(node.value);
  } else if (node.kind === 'sequence') for (const item of node.items) collectChanges(item, names);
  else for (const { value } of node.entries.values()) collectChanges(value, names);
}

/** A login of the platform stores its results at paths of its own. */
function collectPaths(node: ManifestNode | undefined, names: Set<string>): void {
  if (node === undefined || node.kind === 'scalar') return;
  addFirst(fieldOf(node, 'path_in_connector_config'), names);
  const children =
    node.kind === 'sequence' ? node.items : [...node.entries.values()].map(({ value }) => value);
  for (const child of children) collectPaths(child, names);
}

function addFirst(path: ManifestNode | undefined, names: Set<string>): void {
  const first = path?.kind === 'sequence' ? path.items[0] : undefined;
  if (first?.kind === 'scalar') names.add(String(first.value));
}
