import { fieldOf, toValue } from '../../manifest/node.ts';
import { memberUses } from '../../template/member-uses.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { type ComponentAt, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { schemasIn } from '../schema-walk.ts';
import { propertyAt } from '../spec-paths.ts';
import type { SpecAt } from '../subject.ts';

export const specDefaults = defineCheck({
  id: 'spec-defaults',
  group: 'spec',
  level: 'static',
  severity: 'warning',
  saysMoreThan: ['fitting-defaults'],
  doc: 'the `default` and the `examples` of a property fit its type, pattern and choices, `required` names properties that there are, and no default is a date at which all reading ends',
  *run({ spec, source }) {
    yield* endingsOf(spec, source);
    for (const { node, path } of schemasIn(spec?.node)) {
      const schema = toValue(node);
      if (!isObject(schema)) continue;
      yield looked();
      const { default: _, examples: __, ...rules } = schema;
      const examples = fieldOf(node, 'examples');
      const values = [fieldOf(node, 'default'), ...(examples?.kind === 'sequence' ? examples.items : [])];
      for (const each of values) {
        if (each === undefined) continue;
        const value = toValue(each);
        const [problem] = isPlaceholder(value) ? [] : problemsOf(value, rules);
        if (problem === undefined) continue;
        const at = problem.path.length === 0 ? 'it' : `"${problem.path.join('.')}" of it`;
        const related = ['type', 'pattern', 'enum'].flatMap((keyword) => fieldOf(node, keyword)?.place ?? []);
        yield violation(
          each,
          `"${path.join('.')}" of the spec is given as ${JSON.stringify(value)}, which its own schema refuses: ${at} ${problem.message}.`,
          { also: related },
        );
        break;
      }
      const [required, properties] = [fieldOf(node, 'required'), fieldOf(node, 'properties')];
      if (required?.kind !== 'sequence' || properties?.kind !== 'mapping') continue;
      for (const item of required.items)
        if (item.kind === 'scalar' && !properties.entries.has(String(item.value)))
          yield violation(
            item,
            `The spec requires "${item.value}", which is none of its properties: no form can give it.`,
          );
    }
  },
});

/** A sync that ends at a date of the form's own reads nothing that comes after it, whoever leaves the form as it is. */
function* endingsOf(spec: SpecAt | undefined, source: ComponentAt): Generator<CheckEvent> {
  const isNew = once();
  if (spec === undefined) return;
  for (const at of visit(source)) {
    // The end is a text, or a bound with one.
    const isBound = at.family === 'DatetimeBound' && at.field === 'end_datetime';
    const end = written(at, isBound ? 'datetime' : 'end_datetime');
    if ((!isBound && at.family !== 'IncrementalSync') || end?.kind !== 'scalar') continue;
    for (const { name, member, deeper } of memberUses(String(end.value))) {
      const property = name === 'config' ? propertyAt(spec.node, [member, ...deeper]) : undefined;
      const preset = property && fieldOf(property, 'default');
      if (preset?.kind !== 'scalar' || !/^\d{4}-\d\d-\d\d/.test(String(preset.value)) || !isNew(preset))
        continue;
      yield violation(
        preset,
        `Reading ends at "${[member, ...deeper].join('.')}", which is ${preset.value} where nobody gives another one: what comes after that day is never read.`,
        { also: [end.place] },
      );
    }
  }
}

/** A number may be written as a text, and of a list one item: people read examples, and forms write them as their type. */
function problemsOf(value: unknown, rules: JsonObject) {
  const { type, items } = rules;
  const types = [type].flat();
  if (types.includes('array') && !Array.isArray(value))
    return isObject(items) ? validateAgainstSchema(value, items) : [];
  if (types.includes('string') && typeof value !== 'object')
    return validateAgainstSchema(String(value), rules);
  const isNumber = types.includes('integer') || types.includes('number');
  if (isNumber && typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value))
    return validateAgainstSchema(Number(value), rules);
  return validateAgainstSchema(value, rules);
}

/** How a value is written, in place of one. */
function isPlaceholder(value: unknown): boolean {
  return value === null || (typeof value === 'string' && /YYYY|%Y|^<.*>$/.test(value));
}
