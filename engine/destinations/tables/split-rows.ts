import { isObject, type JsonObject } from '../../util/json/json.ts';
import { type Column, createColumns } from '../columns/columns.ts';
import { kinds } from '../columns/kinds.ts';
import { fieldPath, listTableName, topName } from '../nested/field-path.ts';
import { columnName, declaredOfItems, ownFields } from '../nested/own-fields.ts';
import { splitRecord } from '../nested/split-records.ts';
import { splitSchema } from '../nested/split-schema.ts';
import { spoolLines } from '../spool/spool-lines.ts';
import { rowNumber } from './merge.ts';
import { emptyPart, type StreamRows, type StreamRowsOptions, type TablePart } from './stream-rows.ts';

/** Lists of one stream that get tables of their own. */
const mostTables = 200;

/** A table for the records, in which what lies in objects has columns, and one for each list. */
export function splitRows(options: StreamRowsOptions): StreamRows {
  const { stream, stored, schema, key, reserved, named, keeps, dialect } = options;
  const declared = schema === undefined ? new Map() : splitSchema(schema);
  // What was not taken apart before has the names of fields where there are paths of them now.
  const ownStored = (stored?.columns ?? []).map((column) =>
    stored?.isSplit === true ? column : { ...column, field: fieldPath(column.field) },
  );
  const storedLists = new Map(stored?.lists.map((list) => [list.path, list]));
  const keyPaths = key?.map((path) => path.map(fieldPath));
  const keyNames = (key ?? [['row_id']]).map((path) => `_${[stream, ...path].join('_')}`);
  const reservedNames = [...reserved, rowNumber];

  const known = insideOf(ownStored, [...storedLists.keys()]);
  const columns = createColumns({
    declared: new Map([
      ...(key === undefined ? [[ownFields.row, kinds.text] as const] : []),
      ...[...(declared.get('') ?? [])].filter(([field]) => keeps(topName(field))),
    ]),
    stored: ownStored,
    keyFields: (keyPaths ?? []).map((path) => fieldOfKey(path)),
    reserved: reservedNames,
    named,
    leavesOut: () => false,
    nameLimit: dialect.nameLimit,
    wantedName: (field) => columnName(field, []),
  });

  /** A part of a key lies in a column of its own, or inside of one that is JSON already. */
  function fieldOfKey(path: readonly string[]): string {
    const [top = ''] = path;
    return known.whole.has(top) ? top : path.join('/');
  }

  const own: TablePart = {
    ...emptyPart,
    path: '',
    whole: new Set([...known.whole, ...(keyPaths ?? []).map(fieldOfKey)]),
    names: known.names,
    table: options.table,
    columns,
    spool: options.createSpool(0),
    key: (key ?? []).map((path, index) => {
      const field = fieldOfKey(keyPaths?.[index] ?? []);
      const isInside = field !== keyPaths?.[index]?.join('/');
      return { column: columns.nameOf(field), path: isInside ? path.slice(1) : [] };
    }),
    seen: stored?.columns,
  };
  const parts: TablePart[] = [own];
  const byPath = new Map([['', own]]);

  /** What the columns of items hold that have the key of their record. */
  const keyKinds = keyNames.map((_, index) => {
    const path = keyPaths?.[index];
    if (path === undefined) return () => columns.kindsOf(ownFields.row);
    return own.key[index]?.path.length === 0 ? () => columns.kindsOf(fieldOfKey(path)) : () => kinds.text;
  });

  function listAt(path: string): TablePart | undefined {
    const there = byPath.get(path);
    if (there !== undefined || parts.length > mostTables) return there;
    const before = storedLists.get(path);
    const stored = before?.columns ?? [];
    const { whole, names } = insideOf(
      stored,
      [...storedLists.keys()].flatMap((list) =>
        list.startsWith(`${path}/~/`) ? [list.slice(path.length + 3)] : [],
      ),
    );
    const columns = createColumns({
      declared: new Map([...declaredOfItems(path, keyNames.length), ...(declared.get(path) ?? [])]),
      stored,
      keyFields: [],
      reserved: reservedNames,
      named: new Map(),
      leavesOut: () => false,
      nameLimit: dialect.nameLimit,
      wantedName: (field) => columnName(field, keyNames),
      follows: new Map(keyKinds.map((kindsOf, index) => [ownFields.key(index), kindsOf])),
    });
    const added: TablePart = {
      ...emptyPart,
      path,
      whole,
      names,
      table: before?.table ?? options.freeTable(listTableName(options.table, path)),
      columns,
      spool: options.createSpool(parts.length),
      key: keyNames.map((_, index) => ({ column: columns.nameOf(ownFields.key(index)), path: [] })),
      seen: before?.columns,
    };
    byPath.set(path, added);
    parts.push(added);
    return added;
  }

  for (const path of storedLists.keys()) listAt(path);
  for (const path of declared.keys())
    if (path !== '' && keeps(topName(path)) && !own.whole.has(path.split('/', 1)[0] ?? '')) listAt(path);

  let count = 0;
  return {
    parts,
    isSplit: true,
    takeLines: () => undefined,
    take(records) {
      const rows = new Map<TablePart, JsonObject[]>();
      const split = { own, listAt, keyOf, keeps };
      for (const record of records) {
        count += 1;
        const rowsOfRecord: [TablePart, JsonObject][] = [];
        splitRecord(record, split, (part, row) => void rowsOfRecord.push([part, row]));
        for (const [part, row] of rowsOfRecord) {
          if (part === own && key === undefined) row[ownFields.row] = idOf(count);
          const all = rows.get(part) ?? [];
          rows.set(part, all);
          const taken = part.columns.take(row);
          taken[rowNumber] = count;
          all.push(taken);
        }
      }
      return Array.from(rows, ([part, all]) => [part, spoolLines(all, dialect)] as const);
    },
  };

  function idOf(number: number): string {
    return `${options.syncId}-${number}`;
  }

  function keyOf(record: JsonObject): readonly unknown[] {
    // The record is the one that is counted just now.
    if (key === undefined) return [idOf(count)];
    return key.map((path) => valueAt(record, path));
  }
}

function valueAt(record: JsonObject, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), record);
}

/** Which fields of a table stay JSON, and which names its objects have, as far as its columns and the lists in it tell. */
function insideOf(
  columns: readonly Column[],
  lists: readonly string[],
): { readonly whole: ReadonlySet<string>; readonly names: Map<string, Set<string>> } {
  const names = new Map<string, Set<string>>();
  for (const path of [...columns.map(({ field }) => field), ...lists]) {
    const steps = path.split('/');
    for (let depth = 0; depth < steps.length; depth += 1) {
      const prefix = steps
        .slice(0, depth)
        .map((step) => `${step}/`)
        .join('');
      names.set(prefix, (names.get(prefix) ?? new Set()).add(steps[depth] ?? ''));
    }
  }
  const nested = columns.filter(
    ({ holds, field }) => (holds & kinds.nested) !== 0 && !names.has(`${field}/`),
  );
  return { whole: new Set(nested.map(({ field }) => field)), names };
}
