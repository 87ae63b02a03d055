import type { ColumnType } from '../columns/column-type.ts';
import type { Structure } from '../columns/shape.ts';
import { quoteName } from '../tables/dialect.ts';

/** What DuckDB calls a type. */
export function structureType(structure: Structure): string {
  switch (structure.kind) {
    case 'scalar':
      return structure.type;
    case 'list':
      return `${structureType(structure.of)}[]`;
    case 'struct':
      return `STRUCT(${structure.fields.map(([name, type]) => `${quoteName(name)} ${structureType(type)}`).join(', ')})`;
  }
}

/** The SQL of a value in a wider structure, nothing lost. `widened` does that for scalars. */
export function restructured(
  value: string,
  from: Structure,
  to: Structure,
  widened: (value: string, from: ColumnType, to: ColumnType) => string,
  depth = 0,
): string {
  const type = structureType(to);
  if (structureType(from) === type) return value;
  const inner = (part: string, before: Structure, after: Structure) =>
    restructured(part, before, after, widened, depth + 1);
  if (from.kind === 'struct' && to.kind === 'struct') {
    const before = new Map(from.fields);
    const parts = to.fields.map(([name, after]) => {
      const known = before.get(name);
      const part =
        known === undefined
          ? `CAST(NULL AS ${structureType(after)})`
          : inner(`(${value}).${quoteName(name)}`, known, after);
      return `${quoteName(name)} := ${part}`;
    });
    return `CASE WHEN ${value} IS NULL THEN NULL ELSE struct_pack(${parts.join(', ')}) END`;
  }
  if (from.kind === 'list' && to.kind === 'list')
    return `list_transform(${value}, lambda x${depth}: ${inner(`x${depth}`, from.of, to.of)})`;
  if (to.kind !== 'scalar') return `CAST(NULL AS ${type})`;
  if (from.kind !== 'scalar') return `to_json(${value})`;
  return widened(value, from.type, to.type);
}
