import { fieldOf, type ManifestNode, toValue } from '../../manifest/node.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { exampleValue } from '../../util/schema/example-value.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { defineCheck, type Violation } from '../check.ts';
import { looked, violation } from '../events.ts';
import { listOf, schemasIn, typesOf } from '../schema-walk.ts';
import { propertiesAt } from '../spec-paths.ts';

const configs = 100;

export const specCompatible = defineCheck({
  id: 'spec-compatible',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: 'compared with `--against`, no property is gone, narrower or newly required, no choice is gone, and 100 configs made for the old spec fit the new one',
  *run({ spec, earlier, now }) {
    const before = earlier?.spec;
    if (before === undefined) return;
    yield looked();
    if (spec === undefined) return;
    const differences = [...differencesOf(before.node, spec.node)];
    yield* differences;
    if (differences.length > 0) return;
    for (let index = 0; index < configs; index++) {
      const old = exampleValue(before.schema, { now, wants: picked(index) });
      if (!isObject(old)) return;
      const [problem] = validateAgainstSchema(old, spec.schema);
      if (problem === undefined) continue;
      yield violation(
        spec.node,
        `A config of the earlier version is refused: "${problem.path.join('.')}" ${problem.message}. It was ${shown(old, before.schema)}.`,
      );
      return;
    }
  },
});

function* differencesOf(before: ManifestNode, after: ManifestNode): Generator<Violation> {
  for (const { node, path, isAlternative } of schemasIn(before)) {
    if (path.includes('[]') || isAlternative) continue;
    const name = path.join('.');
    const found = propertiesAt(after, path);
    if (found.length === 0) {
      yield violation(after, `"${name}" is gone from the spec, and configs of the earlier version have it.`, {
        also: [node.place],
      });
      continue;
    }
    const types = new Set(found.flatMap(typesOf));
    const lost = typesOf(node).filter(
      (type) => types.size > 0 && !types.has(type) && !(type === 'integer' && types.has('number')),
    );
    if (lost.length > 0)
      yield violation(found[0], `"${name || 'The config'}" no longer takes the type ${lost.join(', ')}.`, {
        also: [node.place],
      });
    yield* requiredAnew(node, found, name);
    const choices = new Set(found.flatMap((each) => listOf(fieldOf(each, 'enum')).map(textOf)));
    const gone = listOf(fieldOf(node, 'enum'))
      .map(textOf)
      .filter((choice) => choices.size > 0 && !choices.has(choice));
    if (gone.length > 0)
      yield violation(found[0], `"${name}" no longer takes ${gone.join(', ')}.`, { also: [node.place] });
  }
}

function* requiredAnew(
  node: ManifestNode,
  found: readonly ManifestNode[],
  name: string,
): Generator<Violation> {
  const before = new Set(listOf(fieldOf(node, 'required')).map(textOf));
  for (const each of found)
    for (const required of listOf(fieldOf(each, 'required')))
      if (!before.has(textOf(required)))
        yield violation(
          required,
          `${textOf(required)}${name === '' ? '' : ` of "${name}"`} is required now, and configs of the earlier version may lack it.`,
        );
}

function textOf(node: ManifestNode): string {
  return JSON.stringify(toValue(node));
}

/** Every subset of the optional fields has its turn, by the bits of a number that is scattered. */
function picked(index: number): () => boolean {
  let state = (index + 1) * 2654435761;
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state > 2 ** 30;
  };
}

/** The names of its fields: the values may look like secrets. */
function shown(config: JsonObject, _schema: JsonObject): string {
  return `a config with ${Object.keys(config).join(', ') || 'no field'}`;
}
