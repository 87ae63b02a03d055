import type { Diagnostic } from '../../error/diagnostic.ts';
import { type ManifestNode, toValue } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { isObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { type ComponentAt, written } from '../visit.ts';

/** What a form fills in by itself is a config that the spec accepts. */
export function* fittingDefaults(at: ComponentAt): Iterable<Diagnostic> {
  const spec = at.family === 'Spec' && !at.isHook ? written(at, 'connection_specification') : undefined;
  if (spec !== undefined) yield* defaultsIn(spec);
}

function* defaultsIn(schema: ManifestNode): Iterable<Diagnostic> {
  if (schema.kind !== 'mapping') return;
  const { entries } = schema;
  const given = entries.get('default')?.value;
  const meaning = given && toValue(schema);
  // What refers to another part of the schema means nothing by itself.
  if (given !== undefined && isObject(meaning) && !toJsonText(meaning).includes('"$ref"')) {
    // What an object lacks, its user adds.
    const [problem] = validateAgainstSchema(toValue(given), { ...meaning, required: [] });
    if (problem !== undefined) {
      const where = problem.path.length === 0 ? 'it' : `"${problem.path.join('.')}" of it`;
      yield warningAt(given, `The spec itself refuses this default: ${where} ${problem.message}.`);
    }
  }
  const properties = entries.get('properties')?.value;
  if (properties?.kind === 'mapping')
    for (const { value } of properties.entries.values()) yield* defaultsIn(value);
  for (const name of ['items', 'additionalProperties', 'oneOf', 'anyOf', 'allOf']) {
    const part = entries.get(name)?.value;
    for (const below of part?.kind === 'sequence' ? part.items : [part])
      if (below !== undefined) yield* defaultsIn(below);
  }
}
