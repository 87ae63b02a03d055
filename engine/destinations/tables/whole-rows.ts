import { createColumns } from '../columns/columns.ts';
import { declaredFields } from '../columns/declared-kinds.ts';
import { lineKinds } from '../columns/line-kinds/line-kinds.ts';
import { acceptedLines, spoolLines } from '../spool/spool-lines.ts';
import { emptyPart, type StreamRows, type StreamRowsOptions, type TablePart } from './stream-rows.ts';

/** One table, in which objects and lists are values. */
export function wholeRows(options: StreamRowsOptions): StreamRows {
  const { table, stored, schema, key = [], reserved, named, keeps, nested, dialect } = options;
  const columns = createColumns({
    declared: declaredFields(schema ?? {}),
    stored: stored?.columns ?? [],
    keyFields: key.flatMap(([field]) => field ?? []),
    reserved,
    named,
    leavesOut: (field) => !keeps(field),
    nameLimit: dialect.nameLimit,
    isStructured: nested === 'struct',
  });
  const part: TablePart = {
    ...emptyPart,
    path: '',
    names: new Map(),
    table,
    columns,
    spool: options.createSpool(0),
    key: key.map(([field = '', ...path]) => ({ column: columns.nameOf(field), path })),
    seen: stored?.columns,
  };
  return {
    parts: [part],
    isSplit: false,
    take(records, lines) {
      const rows = records.map((record) => columns.take(record));
      const isSame = lines !== undefined && rows.every((row, index) => row === records[index]);
      return [[part, isSame ? acceptedLines(lines, dialect) : spoolLines(rows, dialect)]];
    },
    takeLines(lines) {
      const found = lineKinds(lines);
      if (found === undefined || !columns.takeKinds(found.fields)) return undefined;
      return { records: found.lines, rows: [[part, acceptedLines(lines, dialect)]] };
    },
  };
}
