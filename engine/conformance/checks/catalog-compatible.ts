import { written } from '../../validate/visit.ts';
import { defineCheck, type Violation } from '../check.ts';
import { looked, violation } from '../events.ts';
import { fieldSchemas, fieldsOf, isOpenSchema, typesIn } from '../schema-paths.ts';
import { propertyNode } from '../stream-schema.ts';
import type { StreamAt } from '../subject.ts';

export const catalogCompatible = defineCheck({
  id: 'catalog-compatible',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  doc: 'compared with `--against`, no stream and no field is gone, and no type, key or cursor is another',
  async *run({ earlier, streams, source }) {
    if (earlier === undefined) return;
    const now = new Map((await streams()).map((stream) => [stream.name, stream]));
    for (const before of await earlier.streams()) {
      if (before.definition === undefined) continue;
      yield looked(before.name);
      const after = now.get(before.name);
      if (after === undefined)
        yield violation(source.node, `Stream "${before.name}" is gone, and connections read it.`, {
          stream: before.name,
          also: [before.at.node.place],
        });
      else yield* differencesOf(before, after);
    }
  },
});

async function* differencesOf(before: StreamAt, after: StreamAt): AsyncGenerator<Violation> {
  const { name } = after;
  const [old, current] = [before.definition, after.definition];
  if (old === undefined || current === undefined) return;
  if (old.cursorField !== current.cursorField && old.cursorField !== undefined)
    yield violation(
      written(after.at, 'incremental_sync', 'cursor_field') ?? after.at.node,
      `The cursor field of stream "${name}" was "${old.cursorField}" and is ${current.cursorField === undefined ? 'none' : `"${current.cursorField}"`}: stored states no longer fit.`,
      { stream: name },
    );
  if (old.primaryKey !== undefined && JSON.stringify(old.primaryKey) !== JSON.stringify(current.primaryKey))
    yield violation(
      written(after.at, 'primary_key') ?? after.at.node,
      `The primary key of stream "${name}" was ${keyText(old.primaryKey)} and is ${keyText(current.primaryKey)}: stored records no longer meet their changes.`,
      { stream: name },
    );
  const [oldSchema, schema] = [await before.schema(), await after.schema()];
  if (oldSchema === undefined || schema === undefined || isOpenSchema(schema.value)) return;
  const gone: string[] = [];
  for (const [path, field] of fieldsOf(oldSchema.value)) {
    const field2 = fieldSchemas(schema.value, path);
    const dotted = path.join('.');
    if (field2.length === 0) {
      if (gone.some((outer) => dotted.startsWith(`${outer}.`)) || isOpenAbove(schema.value, path)) continue;
      gone.push(dotted);
      yield violation(
        propertyNode(schema, path) ?? after.at.node,
        `"${dotted}" of stream "${name}" is gone from its schema.`,
        {
          stream: name,
        },
      );
      continue;
    }
    const types = new Set(field2.flatMap(typesIn));
    const lost = typesIn(field).filter(
      (type) =>
        types.size > 0 && type !== 'null' && !types.has(type) && !(type === 'integer' && types.has('number')),
    );
    if (lost.length > 0)
      yield violation(
        propertyNode(schema, path) ?? after.at.node,
        `"${dotted}" of stream "${name}" was of the type ${lost.join(', ')} and is ${[...types].join(', ')}.`,
        { stream: name },
      );
  }
}

/** An object that says nothing of its fields may have them all. */
function isOpenAbove(schema: Parameters<typeof fieldSchemas>[0], path: readonly string[]): boolean {
  return path.length > 1 && fieldSchemas(schema, path.slice(0, -1)).some(isOpenSchema);
}

/** As people write a primary key. */
export function keyText(key: readonly (readonly string[])[] | undefined): string {
  return key === undefined || key.length === 0 ? 'none' : key.map((path) => `"${path.join('.')}"`).join(', ');
}
