import type { JsonObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';
import { type ColumnType, typeFor } from './column-type.ts';
import { areTimes, firstKinds } from './declared-kinds.ts';
import { freeName } from './free-name.ts';
import { kindOf, kinds } from './kinds.ts';
import type { FieldKinds } from './line-kinds/line-kinds.ts';
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
  /** What is known of fields before any record: bits of `kinds`. They come first, in this order. */
  readonly declared: ReadonlyMap<string, number>;
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
  /** What the column of a field should be called. Default as the field. */
  readonly wantedName?: (field: string) => string;
  /** Fields that hold what a field of another table does, with the kinds of that. */
  readonly follows?: ReadonlyMap<string, () => number>;
  /** New columns of objects and lists have the types of what is in them. */
  readonly isStructured?: boolean;
}

/** The columns of a stream: those that its table has, that its schema declares, and that its records bring. */
export interface Columns {
  /** Takes note of what a record holds. The record as its columns are called: mostly the record itself. */
  take(record: JsonObject): JsonObject;
  /**
   * The same of many records, of whose fields no more is known than this. False when these records have to be looked into,
   * or written otherwise than they came: each of them is to be taken then.
   */
  takeKinds(fields: readonly FieldKinds[]): boolean;
  /** As they must be to hold all that was taken. */
  current(): readonly Column[];
  /** These are in the table now. */
  stored(columns: readonly Column[]): void;
  /** How many fields are known, of which some may have no column yet. */
  size(): number;
  /** What the column of a field is called. */
  nameOf(field: string): string;
  /** What the column of a field holds, with all that was taken. */
  kindsOf(field: string): number;
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
  /** Its column stays, and gets no values. */
  readonly isLeftOut: boolean;
}

export function createColumns(options: ColumnsOptions): Columns {
  const { declared: known, stored, keyFields, reserved, leavesOut, named, nameLimit } = options;
  const { isStructured = false, wantedName = (field) => field, follows } = options;
  const fields = new Map<string, Field>();
  const taken = new Set(
    [...reserved, ...named.values(), ...stored.map(({ name }) => name)].map((name) => name.toLowerCase()),
  );
  /** Some field is not called as its column, or has none. */
  let renames = false;

  function add(field: string, column?: Column): Field {
    const declared = known.get(field) ?? 0;
    const name = column?.name ?? named.get(field) ?? freeName(wantedName(field), taken, nameLimit);
    if (name !== field) renames = true;
    const added: Field = {
      name,
      declared,
      mayBeTime: column === undefined ? areTimes(declared) : areTimes(column.holds),
      holds: column?.holds ?? 0,
      seen: 0,
      isStored: column !== undefined,
      shape: shapeFor(field, column),
      isLeftOut: leavesOut(field),
    };
    fields.set(field, added);
    return added;
  }

  /** A column that is JSON already stays so; a part of a key is looked for inside of JSON. */
  function shapeFor(field: string, column: Column | undefined): Shape | undefined {
    if (column?.shape !== undefined) return shapeFromJson(column.shape);
    const isJson = column !== undefined && (column.holds & kinds.nested) !== 0;
    return isStructured && !isJson && !keyFields.includes(field) ? { kinds: 0 } : undefined;
  }

  /** What a record brings. */
  function note(field: Field, value: unknown): void {
    field.seen |= kindOf(value, field.mayBeTime);
    if (field.shape !== undefined && typeof value === 'object' && value !== null)
      noteShape(field.shape, value);
  }

  for (const column of stored) add(column.field, column);
  for (const field of [...known.keys(), ...keyFields])
    if (!fields.has(field) && !leavesOut(field)) add(field);

  function kindsIn(field: string, { declared, holds, seen, isStored }: Field): number {
    const all = follows?.get(field)?.() ?? (isStored ? holds | seen : firstKinds(declared, seen));
    // A key is needed even where nothing is known of it.
    return all === 0 && keyFields.includes(field) ? kinds.text : all;
  }

  function renamed(record: JsonObject): JsonObject {
    const copy: JsonObject = {};
    for (const field in record) {
      const known = fields.get(field);
      if (known?.isLeftOut === false) setField(copy, known.name, record[field]);
    }
    return copy;
  }

  return {
    take(record) {
      let leaves = false;
      for (const field in record) {
        const there = fields.get(field);
        if (there?.isLeftOut ?? leavesOut(field)) leaves = true;
        else note(there ?? add(field), record[field]);
      }
      return renames || leaves ? renamed(record) : record;
    },
    takeKinds(found) {
      const known = found.map(({ field }) => {
        const there = fields.get(field);
        return (there?.isLeftOut ?? leavesOut(field)) ? undefined : (there ?? add(field));
      });
      const isEnough = found.every(({ asText }, index) => {
        const field = known[index];
        return field !== undefined && (field.shape === undefined || (asText & kinds.nested) === 0);
      });
      if (renames || !isEnough) return false;
      for (const [index, field] of known.entries())
        if (field !== undefined)
          field.seen |= (field.mayBeTime ? found[index]?.asTime : found[index]?.asText) ?? 0;
      return true;
    },
    current() {
      return [...fields].flatMap(([field, about]) => {
        const { name, shape } = about;
        const set = kindsIn(field, about);
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
        const there = fields.get(field);
        if (there !== undefined) Object.assign(there, { holds, isStored: true });
      }
    },
    size: () => fields.size,
    nameOf: (field) => fields.get(field)?.name ?? field,
    kindsOf(field) {
      const there = fields.get(field);
      return there === undefined ? 0 : kindsIn(field, there);
    },
  };
}
