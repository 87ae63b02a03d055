import { isObject, type JsonObject, type JsonSchema } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';
import { type ColumnType, typeFor } from './column-type.ts';
import { areTimes, declaredKinds, firstKinds } from './declared-kinds.ts';
import { freeName } from './free-name.ts';
import { kindOf, kinds } from './kinds.ts';
import { noteShape, type Shape, type Structure, shapeFromJson, shapeToJson, structureOf } from './shape.ts';

/** A column that a table has, or will have. */
export interface Column {
  /** The field of records that it is made of. */
  readonly field: string;
  readonly name: string;
  readonly type: ColumnType;
  /** Bits of `kinds`. */
  readonly holds: number;
  /** Where it has the type of what is nested in it, rather than JSON. */
  readonly structure?: Structure | undefined;
  /** What was nested in it so far, where that is noted. */
  readonly shape?: JsonObject | undefined;
}

export interface ColumnsOptions {
  readonly schema: JsonSchema;
  /** Columns of the table as it is. */
  readonly stored: readonly Column[];
  /** Fields by which rows are told apart. */
  readonly keyFields: readonly string[];
  /** Names of columns that are not made of fields. */
  readonly reserved: readonly string[];
  /** Names of the columns of fields that are called otherwise. */
  readonly named: ReadonlyMap<string, string>;
  /** Fields that are left out. */
  readonly leavesOut: (field: string) => boolean;
  /** The longest name, in bytes. */
  readonly nameLimit: number;
  /** New columns of objects and lists have the types of what is in them. */
  readonly isStructured?: boolean;
}

/** The columns of a stream: those that its table has, that its schema declares, and that its records bring. */
export interface Columns {
  /** Takes note of what a record holds. The record as its columns are called: mostly the record itself. */
  take(record: JsonObject): JsonObject;
  /** As they must be to hold all that was taken. */
  current(): readonly Column[];
  /** These are in the table now. */
  stored(columns: readonly Column[]): void;
  /** What the column of a field is called. */
  nameOf(field: string): string;
}

interface Field {
  readonly name: string;
  readonly declared: number;
  readonly mayBeTime: boolean;
  /** What the table's column holds, once there is one. */
  holds: number;
  seen: number;
  isStored: boolean;
  readonly shape: Shape | undefined;
}

export function createColumns(options: ColumnsOptions): Columns {
  const { schema, stored, keyFields, reserved, leavesOut, named, nameLimit, isStructured = false } = options;
  const fields = new Map<string, Field>();
  const taken = new Set(
    [...reserved, ...named.values(), ...stored.map(({ name }) => name)].map((name) => name.toLowerCase()),
  );
  const properties = isObject(schema.properties) ? schema.properties : {};
  /** Some field is not called as its column, or has none. */
  let renames = false;

  function add(field: string, known?: Column): Field {
    const declared = declaredKinds(properties[field]);
    const name = known?.name ?? named.get(field) ?? freeName(field, taken, nameLimit);
    if (name !== field) renames = true;
    const added: Field = {
      name,
      declared,
      mayBeTime: known === undefined ? areTimes(declared) : areTimes(known.holds),
      holds: known?.holds ?? 0,
      seen: 0,
      isStored: known !== undefined,
      shape: shapeFor(field, known),
    };
    fields.set(field, added);
    return added;
  }

  /** A column that is JSON already stays so; a part of a key is looked for inside of JSON. */
  function shapeFor(field: string, known: Column | undefined): Shape | undefined {
    if (known?.shape !== undefined) return shapeFromJson(known.shape);
    const isJson = known !== undefined && (known.holds & kinds.nested) !== 0;
    return isStructured && !isJson && !keyFields.includes(field) ? { kinds: 0 } : undefined;
  }

  /** What a record brings. */
  function note(field: Field, value: unknown): void {
    field.seen |= kindOf(value, field.mayBeTime);
    if (field.shape !== undefined && typeof value === 'object' && value !== null)
      noteShape(field.shape, value);
  }

  for (const column of stored) add(column.field, column);
  for (const field of [...Object.keys(properties), ...keyFields])
    if (!fields.has(field) && !leavesOut(field)) add(field);

  function renamed(record: JsonObject): JsonObject {
    const copy: JsonObject = {};
    for (const field in record) {
      const name = fields.get(field)?.name;
      if (name !== undefined) setField(copy, name, record[field]);
    }
    return copy;
  }

  return {
    take(record) {
      let leaves = false;
      for (const field in record) {
        const known = fields.get(field);
        if (known === undefined) {
          if (leavesOut(field)) leaves = true;
          else note(add(field), record[field]);
          continue;
        }
        note(known, record[field]);
      }
      return renames || leaves ? renamed(record) : record;
    },
    current() {
      return [...fields].flatMap(([field, { name, declared, holds, seen, isStored, shape }]) => {
        const all = isStored ? holds | seen : firstKinds(declared, seen);
        // A key is needed even where nothing is known of it.
        const set = all === 0 && keyFields.includes(field) ? kinds.text : all;
        const type = typeFor(set);
        if (type === undefined) return [];
        if (shape === undefined) return [{ field, name, type, holds: set }];
        const isKnown = set === kinds.nested && shape.kinds !== 0;
        const structure = isKnown ? structureOf(shape) : undefined;
        return [{ field, name, type, holds: set, structure, shape: shapeToJson(shape) }];
      });
    },
    stored(columns) {
      for (const { field, holds } of columns) {
        const known = fields.get(field);
        if (known !== undefined) Object.assign(known, { holds, isStored: true });
      }
    },
    nameOf: (field) => fields.get(field)?.name ?? field,
  };
}
