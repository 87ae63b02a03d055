import {
  ConnectorError,
  type Cursor,
  condition,
  defineHook,
  type IncrementalSync,
  isObject,
  type JsonObject,
  type Page,
  type Retriever,
  slot,
} from 'manifold-connectors';

/**
 * Reads what was deleted in a slice, then the records that are still there. In this order a state in the middle of the
 * slice, which covers the records read so far, covers all of its deletions too. A search that is behind still shows what
 * was deleted a moment ago; that is left out.
 */
export const Tombstones = defineHook('Retriever', {
  name: 'Tombstones',
  doc: 'Reads the deletions of a slice before its records.',
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever').describe('Reads the records.'),
    deletions: slot('Retriever', 'SimpleRetriever').describe(
      'Reads what was deleted; its filter keeps to the slice.',
    ),
    when: condition().describe('Deletions are read only when true.'),
  }),
  reading: { onlyWhen: { deletions: 'when' } },
  make(fields, scope) {
    const records = fields.retriever(scope);
    const deletions = fields.when(scope)({}) ? fields.deletions(scope) : undefined;
    // The deletions of two slices overlap.
    const { told, first } = scope.sync.shared(`intercom: deleted ${scope.stream?.name}`, () => ({
      told: new Set<unknown>(),
      first: firstAnswer(),
    }));
    const isNews = ({ id }: JsonObject): boolean => !told.has(id) && told.add(id).has(id);
    return Object.freeze<Retriever>({
      router: records.router,
      async *read(slice, reading) {
        if (deletions === undefined) {
          yield* records.read(slice, reading);
          return;
        }
        for await (const page of first.of(() => deletions.read(slice, reading)))
          yield { ...page, records: page.records.filter(isNews) };
        for await (const page of records.read(slice, reading))
          yield { ...page, records: page.records.filter(({ id }) => !told.has(id)) };
      },
    });
  },
});

interface FirstAnswer {
  /** Pages that are not asked for before the first of all slices has its answer, and not at all where that is a refusal. */
  of(read: () => AsyncIterable<Page>): AsyncIterable<Page>;
}

/** An app that may not list deletions is told so once, and not again for each slice. */
function firstAnswer(): FirstAnswer {
  let first: Promise<ConnectorError | undefined> | undefined;
  return Object.freeze({
    async *of(read: () => AsyncIterable<Page>) {
      let answered: (refusal?: ConnectorError) => void = () => {};
      if (first === undefined) {
        first = new Promise((resolve) => {
          answered = resolve;
        });
      } else {
        const refusal = await first;
        if (refusal !== undefined) throw refusal;
      }
      try {
        for await (const page of read()) {
          answered();
          yield page;
        }
      } catch (error) {
        if (error instanceof ConnectorError && error.kind === 'config_error') answered(error);
        throw error;
      } finally {
        // Neither page nor refusal: the others find out for themselves.
        answered();
      }
    },
  });
}

/**
 * Contacts tell which others were merged into them. Each of those is gone: it becomes a record of its own, after the
 * contact that it lives on in.
 */
export const MergedContacts = defineHook('Retriever', {
  name: 'MergedContacts',
  doc: 'Adds a record for each contact that was merged into another one.',
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever').describe('Reads the contacts.'),
    when: condition().describe('They are added only when true.'),
  }),
  make(fields, scope) {
    const contacts = fields.retriever(scope);
    // Who is gone has no children.
    if (!fields.when(scope)({}) || scope.stream?.purpose?.type === 'PARENT_STREAM') return contacts;
    return Object.freeze<Retriever>({
      router: contacts.router,
      async *read(slice, reading) {
        const since = Number(slice.cursor.start_time ?? 0);
        for await (const page of contacts.read(slice, reading)) {
          const merged = page.records.flatMap((contact) => mergedInto(contact, since));
          yield { ...page, records: [...page.records, ...merged] };
        }
      },
    });
  },
});

/** A merge without a time may be of any. */
function mergedInto(contact: JsonObject, since: number): JsonObject[] {
  const history = Array.isArray(contact.merge_history) ? contact.merge_history.filter(isObject) : [];
  return history
    .filter(({ merged_at }) => typeof merged_at !== 'number' || merged_at >= since)
    .map(({ source_contact_id, source_contact_role, merged_at }) => {
      const at = Number(merged_at ?? contact.updated_at);
      return {
        type: 'contact',
        id: source_contact_id,
        role: source_contact_role,
        updated_at: at,
        merged_into_id: contact.id,
        _ab_cdc_deleted_at: `${new Date(at * 1000).toISOString().slice(0, 19)}Z`,
      };
    });
}

/**
 * The position of a stream among its records, whatever tombstones stand between them: these come from another list, and
 * say nothing about how far the search has come.
 */
export const PastTombstones = defineHook('IncrementalSync', {
  name: 'PastTombstones',
  doc: 'Keeps the position of records only, not of deletions.',
  fields: () => ({
    incremental_sync: slot('IncrementalSync', 'DatetimeBasedCursor').describe('Keeps the position.'),
  }),
  make(fields, scope) {
    const incremental = fields.incremental_sync(scope);
    return Object.freeze<IncrementalSync>({
      ...incremental,
      open(options) {
        const cursor = incremental.open(options);
        const observe: Cursor['observe'] = (record, slice) => {
          if (record._ab_cdc_deleted_at === undefined) cursor.observe(record, slice);
        };
        return Object.freeze(Object.create(cursor, { observe: { value: observe } }));
      },
    });
  },
});
