import type { Diagnostic } from '../../error/diagnostic.ts';
import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { walk } from '../../manifest/walk.ts';
import { memberUses } from '../../template/member-uses.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import type { RuleContext } from '../rule.ts';
import { textsOf } from '../texts.ts';
import { type ComponentAt, isUnknownHook, written } from '../visit.ts';
import { firstOf, type Whole } from '../whole.ts';

const combinations = ['oneOf', 'anyOf', 'allOf'];

/** Fields of the config that templates read are fields that a user can give. */
export function* configFields(at: ComponentAt, { whole }: RuleContext): Iterable<Diagnostic> {
  if (at.family === 'ConfigMigration' || at.family === 'ConfigTransformation') return;
  // Which of its parts it takes for a config, such as one of old fields, only the hook knows.
  if (at.parent !== undefined && isUnknownHook(at.parent)) return;
  const known = whole && knownFields(whole);
  if (whole === undefined || known === undefined) return;
  yield* readByTemplates(at, whole, known);
  yield* readBySelection(at, whole, known);
}

function* readByTemplates(at: ComponentAt, whole: Whole, known: ReadonlySet<string>): Iterable<Diagnostic> {
  for (const { node, text } of textsOf(at)) {
    const uses = memberUses(text).filter(({ name, how }) => name === 'config' && how !== 'call');
    for (const { member, deeper, offset } of uses) {
      if (member.startsWith('__')) continue;
      // `config.credentials.token or config.token` takes configs of old, too, and both are no slip.
      const isOld = uses.some(
        (other) =>
          deeper.length === 0 &&
          other.deeper.at(-1) === member &&
          lost(whole, [other.member, ...other.deeper], known) === undefined,
      );
      if (isOld) continue;
      const message = lost(whole, [member, ...deeper], known);
      if (message !== undefined) yield { ...warningAt(node, message), offset };
    }
  }
}

function* readBySelection(at: ComponentAt, whole: Whole, known: ReadonlySet<string>): Iterable<Diagnostic> {
  const selection = written(at, 'authenticator_selection_path');
  if (at.isHook || selection?.kind !== 'sequence' || selection.items.length === 0) return;
  const path = selection.items.map((step) => (step.kind === 'scalar' ? String(step.value) : '*'));
  // A step may stand for any name.
  const message = path.some((step) => /[*?[]/.test(step)) ? undefined : lost(whole, path, known);
  if (message !== undefined) yield warningAt(selection, message);
}

/** What is said of a path into the config that no config has. */
function lost(whole: Whole, path: readonly string[], known: ReadonlySet<string>): string | undefined {
  const [first = ''] = path;
  return known.has(first)
    ? lostBelow(schemaIn(whole), path, known)
    : `The spec has no "${first}", so no config has it.${didYouMean(first, known)}`;
}

/** What is said of a path whose first name is known, when one of the others is in no schema. */
function lostBelow(
  spec: ManifestNode | undefined,
  [first = '', ...rest]: readonly string[],
  changed: ReadonlySet<string>,
): string | undefined {
  let schemas = propertySchemas(spec, first);
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

function schemaIn({ spec }: Whole): ManifestNode | undefined {
  return written(spec, 'connection_specification');
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

const knownBy = new WeakMap<Whole, ReadonlySet<string> | undefined>();

/** The names at the top of a config; undefined when they cannot be told. */
function knownFields(whole: Whole): ReadonlySet<string> | undefined {
  if (!knownBy.has(whole)) knownBy.set(whole, collectKnown(whole));
  return knownBy.get(whole);
}

function collectKnown(whole: Whole): ReadonlySet<string> | undefined {
  const schema = schemaIn(whole);
  if (whole.hidesConfig || schema === undefined || fieldOf(schema, 'properties') === undefined)
    return undefined;
  // What the manifest itself puts into the config.
  const names = new Set(whole.configFields);
  collectProperties(schema, names);
  // A login of the platform stores its results at paths of its own.
  for (const { node, name } of walk(written(whole.spec, 'advanced_auth')))
    if (name === 'path_in_connector_config') for (const first of firstOf(node)) names.add(first);
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
