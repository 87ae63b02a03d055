import {
  bareStreamScope,
  defineHook,
  isObject,
  type JsonObject,
  type Retriever,
  type Slice,
  slot,
  template,
} from 'manifold-connectors';
import * as z from 'zod';

/**
 * A record shows the first ten of its tags, notes and companies: `{ data, url, total_count, has_more }`. What is left is
 * asked for where there is more, and the record then holds all of it, each entry in the form of the first ten.
 */
export const CompleteLists = defineHook('Retriever', {
  name: 'CompleteLists',
  doc: 'Reads records, and the rest of the lists that they show only the beginning of.',
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever').describe('Reads the records.'),
    lists: z
      .array(
        z.object({
          field: template().describe('The field of a record with the list.'),
          rest: slot('Retriever', 'SimpleRetriever').describe(
            'Reads the whole list: its requests see the "id" of the record in stream_partition.',
          ),
        }),
      )
      .describe('The lists.'),
  }),
  // Children ask for what they need themselves.
  reading: { notForPartitions: ['lists'] },
  make(fields, scope) {
    const records = fields.retriever(scope);
    if (scope.stream?.purpose?.type === 'PARENT_STREAM') return records;
    const stream = scope.stream?.name ?? '';
    // What is read for a record is no record of the stream.
    const bare = { ...scope, stream: bareStreamScope(stream) };
    const lists = fields.lists.map(({ field, rest }) => ({ name: String(field(scope)()), rest: rest(bare) }));
    let stillCut = 0;
    scope.sync.whenStreamEnds(stream, () =>
      stillCut === 0
        ? undefined
        : `Stream "${stream}": lists of which the rest could not be read: ${stillCut}. They say "has_more".`,
    );

    async function complete(record: JsonObject, { name, rest }: (typeof lists)[number]): Promise<void> {
      const list = record[name];
      if (!isObject(list) || !isCut(list)) return;
      const slice: Slice = { partition: { id: record.id }, cursor: {}, extraFields: {} };
      const entries: JsonObject[] = [];
      for await (const page of rest.read(slice, { cursor: undefined, isDataFeed: false }))
        entries.push(...page.records);
      // The record was deleted after it was found, or the API shows no more of it: what is known stays, and is counted.
      if (entries.length <= entriesOf(list).length) {
        stillCut++;
        return;
      }
      const form = (entry: JsonObject): JsonObject => ({
        id: entry.id,
        type: entry.type,
        url: `/${name}/${String(entry.id)}`,
      });
      record[name] = { ...list, data: entries.map(form), total_count: entries.length, has_more: false };
    }

    return Object.freeze<Retriever>({
      router: records.router,
      async *read(slice, reading) {
        for await (const page of records.read(slice, reading)) {
          await Promise.all(page.records.flatMap((record) => lists.map((list) => complete(record, list))));
          yield page;
        }
      },
    });
  },
});

function entriesOf({ data }: JsonObject): readonly unknown[] {
  return Array.isArray(data) ? data : [];
}

function isCut(list: JsonObject): boolean {
  return list.has_more === true || Number(list.total_count) > entriesOf(list).length;
}
