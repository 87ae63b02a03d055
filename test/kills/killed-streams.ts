export interface KilledStream {
  readonly key: readonly string[];
  readonly version: string;
  /** Its own records have the cursor, so that what comes again can be told from what had to come. */
  readonly isSearched?: boolean;
}

/** Merged, replaced, and of several key parts; with the fields of their keys and versions. */
export const killedStreams: Readonly<Record<string, KilledStream>> = {
  contacts: { key: ['id'], version: 'updated_at', isSearched: true },
  companies: { key: ['id'], version: 'updated_at' },
  conversations: { key: ['id'], version: 'updated_at', isSearched: true },
  conversation_parts: { key: ['id'], version: 'updated_at' },
  tags: { key: ['id'], version: 'name' },
  contact_tags: { key: ['contact_id', 'id'], version: 'contact_updated_at' },
};

/** The row of a record in a table: what names it, and what tells its versions apart. */
export interface Row {
  readonly key: string;
  readonly version: string;
}

export function rowOf(stream: string, record: Readonly<Record<string, unknown>>): Row {
  const { key, version } = killedStreams[stream] as KilledStream;
  return { key: key.map((field) => record[field]).join('/'), version: String(record[version]) };
}

/** Seconds that searches reach back before the last sync. */
export const lookback = 600;

/** The rows of one table that differ from those of the other: `key version`, with what is wrong. */
export function differencesOf(
  stream: string,
  expected: Iterable<Row>,
  found: Iterable<Row>,
): readonly string[] {
  const text = ({ key, version }: Row) => `${key} ${version}`;
  const [a, b] = [[...expected].map(text), [...found].map(text)];
  const [due, there] = [new Set(a), new Set(b)];
  const problems = [
    ...a.filter((row) => !there.has(row)).map((row) => `is missing: ${row}`),
    ...b.filter((row) => !due.has(row)).map((row) => `should not be there: ${row}`),
    ...(b.length > there.size ? [`holds ${b.length - there.size} rows twice`] : []),
  ];
  return problems.slice(0, 5).map((problem) => `${stream} ${problem}`);
}
