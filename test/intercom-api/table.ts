/** What every row of an indexed table has; times are UNIX seconds. */
export interface Indexed {
  readonly id: string;
  created_at: number;
  updated_at: number;
  /** Earlier values of `updated_at`, oldest first: what a search index that lags behind still believes. */
  history?: number[];
}

/** Rows by id and in the order of (updated_at, id). */
export interface Table<Row extends Indexed> {
  readonly size: number;
  /** Grows with every change; a result computed at one revision holds until the next. */
  readonly revision: number;
  get(id: string): Row | undefined;
  /** All rows, least recently updated first. Do not change the array. */
  rows(): readonly Row[];
  /** Rows with `from <= updated_at <= to`. */
  between(from: number, to: number): readonly Row[];
  /** Adds many rows at once (sorts once). */
  load(rows: readonly Row[]): void;
  insert(row: Row): void;
  remove(id: string): Row | undefined;
  /** Moves a row to a new `updated_at`. */
  touch(row: Row, updatedAt: number): void;
}

/** Ids are decimal numbers or hexadecimal of one length: shorter first, then by characters. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

export function createTable<Row extends Indexed>(): Table<Row> {
  const byId = new Map<string, Row>();
  let sorted: Row[] = [];
  let revision = 0;

  const compare = (a: Row, b: Row): number => a.updated_at - b.updated_at || compareIds(a.id, b.id);
  /** The first position whose row is not before (updatedAt, id). */
  const position = (updatedAt: number, id: string): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = sorted[middle];
      if (row && (row.updated_at - updatedAt || compareIds(row.id, id)) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const take = (row: Row): void => {
    sorted.splice(position(row.updated_at, row.id), 1);
  };
  const put = (row: Row): void => {
    sorted.splice(position(row.updated_at, row.id), 0, row);
  };

  return Object.freeze({
    get size() {
      return sorted.length;
    },
    get revision() {
      return revision;
    },
    get: (id: string) => byId.get(id),
    rows: () => sorted,
    between(from: number, to: number) {
      if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return sorted;
      return sorted.slice(position(from, ''), position(to + 1, ''));
    },
    load(rows: readonly Row[]) {
      for (const row of rows) byId.set(row.id, row);
      sorted = [...byId.values()].sort(compare);
      revision++;
    },
    insert(row: Row) {
      if (byId.has(row.id)) throw new Error(`id ${row.id} is taken`);
      byId.set(row.id, row);
      put(row);
      revision++;
    },
    remove(id: string) {
      const row = byId.get(id);
      if (!row) return undefined;
      take(row);
      byId.delete(id);
      revision++;
      return row;
    },
    touch(row: Row, updatedAt: number) {
      take(row);
      row.history = [...(row.history ?? []), row.updated_at];
      row.updated_at = updatedAt;
      put(row);
      revision++;
    },
  });
}
