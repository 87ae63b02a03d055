import { defineHook, isObject, type JsonObject, type Retriever, slot } from 'manifold-connectors';
import * as z from 'zod';
import { at, countCut, cutOf } from './cut-parts.ts';

/**
 * Reads the records of another stream, with that stream's own requests, and makes a record of each item of a list in
 * them. The position is that of the records around the items, those without any item included: so both streams stand at
 * the same place after each sync, send the same requests in the next one, and the cache answers one of the two.
 */
export const EmbeddedRecords = defineHook('Retriever', {
  name: 'EmbeddedRecords',
  doc: "Makes records of the items of a list in another stream's records.",
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever').describe('Reads the records around the items.'),
    expander: slot('RecordExpander', 'RecordExpander').describe(
      'Finds the items, and what they get from around them.',
    ),
    parent_cursor_field: z
      .string()
      .default('updated_at')
      .describe("The cursor field of the records around the items; its value is the stream's cursor."),
    total: z
      .array(z.string())
      .optional()
      .describe('Path of the number of all items, where the API may show only the newest: they then say so.'),
  }),
  make(fields, scope) {
    const around = fields.retriever(scope);
    const expander = fields.expander(scope);
    const cursorField = scope.stream?.cursorField ?? fields.parent_cursor_field;
    const { total } = fields;
    const count = total === undefined ? undefined : countCut(scope);

    async function itemsOf(record: JsonObject): Promise<readonly JsonObject[]> {
      const items = await allOf(record);
      const cut = total && cutOf(items.length, at(record, total));
      if (cut === undefined) return items;
      count?.(record.id);
      return items.map((item) => ({ ...item, _parts_truncated: cut }));
    }

    async function allOf(record: JsonObject): Promise<readonly JsonObject[]> {
      const fetched = expander.fetch?.(record);
      if (fetched === undefined) return expander.expand(record).filter(isObject);
      const items: JsonObject[] = [];
      for await (const batch of fetched) items.push(...batch.filter(isObject));
      return items;
    }

    return Object.freeze<Retriever>({
      router: around.router,
      async *read(slice, reading) {
        const { cursor } = reading;
        for await (const page of around.read(slice, reading)) {
          const positions = page.records.map((record) => ({
            [cursorField]: record[fields.parent_cursor_field],
          }));
          const records: JsonObject[] = [];
          for (const [index, record] of page.records.entries()) {
            const isNew = cursor?.shouldBeSynced(positions[index] ?? {}, slice) ?? true;
            if (isNew) records.push(...(await itemsOf(record)));
          }
          yield { records };
          // Only now: a state must not cover items that nobody has taken yet.
          for (const position of positions) cursor?.observe(position, slice);
        }
      },
    });
  },
});
