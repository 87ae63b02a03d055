import type { Diagnostic } from '../../error/diagnostic.ts';
import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { textsBelow, walk } from '../../manifest/walk.ts';
import { memberUses } from '../../template/member-uses.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { textsOf } from '../texts.ts';
import { type ComponentAt, childIn, visit, written } from '../visit.ts';

const combinations = ['oneOf', 'anyOf', 'allOf'];

/** Fields of the config that templates read are fields that a user can give. */
export function* configFields(source: ComponentAt): Iterable<Diagnostic> {
  if (source.family !== 'Source') return;
  const known = knownFields(source);
  if (known === undefined) return;
  for (const at of visit(source)) {
    if (at.family === 'ConfigMigration' || at.family === 'ConfigTransformation') continue;
    for (const { node, text } of textsOf(at)) {
      for (const { name, member, deeper, offset, how } of memberUses(text)) {
        if (name !== 'config' || how === 'call' || member.startsWith('__')) continue;
        const message = known.has(member)
          ? lostBelow(source, [member, ...deeper], known)
          : `The spec has no "${member}", so no config has it.${didYouMean(member, known)}`;
        if (message !== undefined) yield { ...warningAt(node, message), offset };
      }
    }
  }
}

/** What is said of a path whose first name is known, when one of the others is in no schema. */
function lostBelow(
  source: ComponentAt,
  [first = '', ...rest]: readonly string[],
  changed: ReadonlySet<string>,
): string | undefined {
  let schemas = propertySchemas(specOf(source), first);
  const path = [first];
  for (const name of rest) {
    const names = new Set<string>();
    for (const schema of schemas) collectProperties(schema, names);
    // A schema that names no properties says nothing of them.
    if (names.size === 0 || changed.has(name) || schemas.some(isOpen)) return undefined;
    if (!names.has(name))
      return `"${path.join('.')}" of the spec has no "${name}", so no config has it.${didYouMean(name, names)}`;
    path.push(name);
    schemas = schemas.flatMap((schema) => propertySchemas(schema, name));
  }
  return undefined;
}

function specOf(source: ComponentAt): ManifestNode | undefined {
  return written(childIn(source, 'spec'), 'connection_specification');
}

/** More than the named properties is meant to be in it. */
function isOpen(schema: ManifestNode): boolean {
  const more = fieldOf(schema, 'additionalProperties');
  return more !== undefined && !(more.kind === 'scalar' && more.value === false);
}

/** All schemas that a property has, in the schema itself and in what it combines. */
function propertySchemas(schema: ManifestNode | undefined, name: string): readonly ManifestNode[] {
  if (schema === undefined) return [];
  const properties = fieldOf(schema, 'properties');
  const own = properties && fieldOf(properties, name);
  const parts = combinations.flatMap((combination) => {
    const list = fieldOf(schema, combination);
    return list?.kind === 'sequence' ? list.items : [];
  });
  return [...(own === undefined ? [] : [own]), ...parts.flatMap((part) => propertySchemas(part, name))];
}

/** The names at the top of a config; undefined when they cannot be told. */
function knownFields(source: ComponentAt): Set<string> | undefined {
  const spec = childIn(source, 'spec');
  const schema = specOf(source);
  if (spec === undefined || schema === undefined || fieldOf(schema, 'properties') === undefined)
    return undefined;
  const names = new Set<string>();
  collectProperties(schema, names);
  // What the manifest itself puts into the config.
  for (const at of visit(source)) {
    if (at.isHook && at.family === 'ConfigTransformation') return undefined;
    const isChange = at.family === 'ConfigTransformation' || at.family === 'ConfigMigration';
    // The paths that it writes: of added fields, and the new names in a map.
    if (isChange) for (const { value } of textsBelow(at.node)) names.add(value);
    for (const field of ['access_token', 'refresh_token', 'token_expiry_date'])
      addFirst(written(at, 'refresh_token_updater', `${field}_config_path`), names);
  }
  // A login of the platform stores its results at paths of its own.
  for (const { node, name } of walk(written(spec, 'advanced_auth')))
    if (name === 'path_in_connector_config') addFirst(node, names);
  return names;
}

function collectProperties(schema: ManifestNode, names: Set<string>): void {
  const properties = fieldOf(schema, 'properties');
  if (properties?.kind === 'mapping') for (const name of properties.entries.keys()) names.add(name);
  for (const combination of combinations) {
    const parts = fieldOf(schema, combination);
    if (parts?.kind === 'sequence') for (const part of parts.items) collectProperties(part, names);
  }
}

function addFirst(path: ManifestNode | undefined, names: Set<string>): void {
  const first = path?.kind === 'sequence' ? path.items[0] : undefined;
  if (first?.kind === 'scalar') names.add(String(first.value));
}
