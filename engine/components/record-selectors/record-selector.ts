import * as z from 'zod';
import type { RecordContext, SchemaNormalization, SelectedRecords } from '../../contract/families.ts';
import type { DecodedResponse } from '../../contract/http-response.ts';
import type { Scope } from '../../contract/scope.ts';
import { emptySlice } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { isSlot, slot } from '../../language/slots.ts';
import { startTurn, type Turn } from '../../util/flow/event-loop-turn.ts';
import { isTooDeep, tellDeepRecord } from '../../util/json/deep-record.ts';
import { isObject, type JsonObject, type JsonSchema } from '../../util/json/json.ts';
import { copyFields } from '../../util/json/set-field.ts';
import { createDefaultNormalization } from './default-normalization.ts';
import { recordDrops } from './record-drops.ts';

/**
 * Turns a response into records: extracts, filters, transforms, casts to the types of the schema. With client-side
 * incremental filtering, or when the manifest says so, it transforms before it filters.
 */
export const RecordSelector = component({
  family: 'RecordSelector',
  type: 'RecordSelector',
  doc: 'Turns a response into records: extracts, filters, transforms and casts them.',
  fields: () => ({
    extractor: slot('RecordExtractor', 'DpathExtractor').describe('Finds the records in a response.'),
    record_filter: slot('RecordFilter', 'RecordFilter').optional().describe('Says which records are kept.'),
    schema_normalization: z
      .union([z.enum(['Default', 'None']), slot('SchemaNormalization')])
      .default('None')
      .describe("Casts values to the types of the stream's schema."),
    transform_before_filtering: z
      .boolean()
      .optional()
      .describe('Let the filter see the records as the transformations leave them.'),
  }),
  make(fields, scope) {
    const { stream } = scope;
    const isClientSide = stream?.incremental?.isClientSide === true;
    // A feed ends at its first old record, which its reader looks for.
    const filtersByCursor = isClientSide && stream?.incremental?.isDataFeed !== true;
    const extractor = fields.extractor(scope);
    const filter = fields.record_filter?.(scope);
    const drops = recordDrops(scope);
    const transformations = stream?.transformations ?? [];
    const transformsFirst = fields.transform_before_filtering ?? isClientSide;
    const normalization = normalizationOf(fields.schema_normalization, scope);
    // Records that will be changed are copied first: the paginator still has to see the response they are part of.
    const copies = transformations.length > 0 || normalization !== undefined;
    // Nothing looks into a record between the response and whoever reads the stream.
    const isPlain = !copies && !filtersByCursor && filter === undefined && stream?.fileUploader === undefined;
    let schema: Promise<JsonSchema> | undefined;
    let prepared: Promise<unknown> | undefined;

    let filteredCount = 0;
    function isKept(record: JsonObject, context: RecordContext): boolean {
      const { cursor, slice = emptySlice } = context;
      if (filtersByCursor && cursor?.shouldBeSynced(record, slice) === false) {
        drops?.('cursor', record, context);
        return false;
      }
      if (filter === undefined || filter.keeps(record, context)) return true;
      filteredCount += 1;
      drops?.('record_filter', record, context);
      return false;
    }
    const filters = filter !== undefined || filtersByCursor;

    /** Up to where it came before the turn was over, and whether the last one was kept. */
    function addRecords(
      records: JsonObject[],
      extracted: readonly unknown[],
      from: number,
      turn: Turn,
      context: RecordContext,
      types: JsonSchema | undefined,
    ): { readonly at: number; readonly isLastKept: boolean } {
      let isLastKept = false;
      let at = from;
      while (at < extracted.length && (at === from || !turn.isOver())) {
        const item = extracted[at];
        at += 1;
        isLastKept = false;
        if (!isObject(item)) {
          // A filter may be meant to drop just these.
          if (!transformsFirst && filter?.keeps(item as JsonObject, context) === false) {
            drops?.('record_filter', item, context);
            continue;
          }
          throw notARecord(item, scope);
        }
        if (filters && !transformsFirst && !isKept(item, context)) continue;
        let record = copies ? copyFields(item) : item;
        for (const transformation of transformations) {
          if (transformation.replace === undefined) transformation.transform(record, context);
          else record = transformation.replace(record, context);
        }
        if (filters && transformsFirst && !isKept(record, context)) continue;
        if (types !== undefined) normalization?.normalize(record, types);
        records.push(record);
        isLastKept = true;
      }
      return { at, isLastKept };
    }

    /** A record that was left out, as it would have been emitted; as the API gave it where that is impossible. */
    function finalForm(
      item: unknown,
      context: RecordContext,
      types: JsonSchema | undefined,
    ): JsonObject | undefined {
      if (!isObject(item)) return undefined;
      const record = copyFields(item);
      try {
        for (const transformation of transformations) transformation.transform(record, context);
        if (types !== undefined) normalization?.normalize(record, types);
        return record;
      } catch {
        return item;
      }
    }

    /** The records before the first one that cannot be read, and what is wrong with that one. */
    async function processUntilFailure(
      extracted: readonly unknown[],
      context: RecordContext,
    ): Promise<{ readonly selected: SelectedRecords; readonly failure?: { readonly thrown: unknown } }> {
      prepared ??= Promise.all(transformations.map((transformation) => transformation.prepare?.()));
      await prepared;
      if (normalization !== undefined) schema ??= stream?.schemaLoader?.load();
      const types = await schema;
      const records: JsonObject[] = [];
      let failure: { readonly thrown: unknown } | undefined;
      let isLastKept = extracted.length > 0;
      let filtered = 0;
      try {
        const turn = startTurn();
        for (let at = 0; at < extracted.length; ) {
          if (at > 0) {
            await turn.rest();
            scope.sync.signal.throwIfAborted();
          }
          // While others have their turn, they count what they filter.
          filteredCount = 0;
          try {
            ({ at, isLastKept } = addRecords(records, extracted, at, turn, context, types));
          } finally {
            filtered += filteredCount;
          }
        }
      } catch (thrown) {
        failure = { thrown: isTooDeep(thrown) ? tooDeep(thrown, extracted) : thrown };
      }
      const selected: SelectedRecords = {
        records,
        extractedCount: extracted.length,
        extracted,
        filteredCount: filtered,
        ...(!isLastKept && { last: () => finalForm(extracted.at(-1), context, types) }),
      };
      return { selected, ...(failure !== undefined && { failure }) };
    }

    return Object.freeze({
      ...(extractor.isMissingFrom && { isMissingFrom: extractor.isMissingFrom }),
      ...(extractor.placeIn && { placeIn: extractor.placeIn }),
      ...(isPlain && extractor.plainPath && { plainPath: extractor.plainPath }),
      async *select(page: DecodedResponse, context: RecordContext): AsyncGenerator<SelectedRecords> {
        let leftOut = 0;
        const batches = extractor.extract(page, (count) => {
          leftOut += count;
        });
        for await (const extracted of batches) {
          const { selected, failure } = await processUntilFailure(extracted, context);
          if (failure === undefined || selected.records.length > 0) {
            if (stream?.fileUploader === undefined) yield selected;
            else yield* withFiles(selected, context, scope);
          }
          if (failure !== undefined) throw failure.thrown;
        }
        if (leftOut > 0) yield { records: [], extractedCount: leftOut };
      },
      async process(extracted: readonly unknown[], context: RecordContext): Promise<SelectedRecords> {
        const { selected, failure } = await processUntilFailure(extracted, context);
        if (failure !== undefined) throw failure.thrown;
        const fileReferences = new Map<number, JsonObject>();
        for await (const { fileReferences: next } of withFiles(selected, context, scope))
          for (const reference of next?.values() ?? []) fileReferences.set(fileReferences.size, reference);
        return fileReferences.size === 0 ? selected : { ...selected, fileReferences };
      },
    });
  },
});

function tooDeep(thrown: RangeError, extracted: readonly unknown[]): ConnectorError {
  return new ConnectorError(tellDeepRecord(extracted, 0, ' of an answer'), { cause: thrown });
}

function normalizationOf(
  field: 'Default' | 'None' | ((scope: Scope) => SchemaNormalization),
  scope: Scope,
): SchemaNormalization | undefined {
  if (typeof field === 'function' && isSlot(field)) return field(scope) as SchemaNormalization;
  return field === 'Default' ? createDefaultNormalization(scope.sync.log) : undefined;
}

/**
 * Each record as soon as its file is there, one by one: a file that fails costs no record before it, and whoever needs
 * a single record waits for a single file.
 */
async function* withFiles(
  selected: SelectedRecords,
  { slice }: RecordContext,
  { stream }: Scope,
): AsyncGenerator<SelectedRecords> {
  const uploader = stream?.fileUploader;
  if (uploader === undefined || selected.records.length === 0) return yield selected;
  const { records, last, ...counts } = selected;
  for (const [index, record] of records.entries()) {
    const reference = await uploader.upload(record, slice, stream?.name ?? '');
    yield {
      ...(index === 0 ? counts : { extractedCount: 0 }),
      records: [record],
      fileReferences: new Map([[0, reference]]),
      ...(last !== undefined && index === records.length - 1 && { last }),
    };
  }
}

function notARecord(item: unknown, { stream, place }: Scope): ConnectorError {
  const found = item === null ? 'null' : Array.isArray(item) ? 'a list' : `a ${typeof item}`;
  const where = stream === undefined ? '' : ` of stream "${stream.name}"`;
  return new ConnectorError(
    `The record selector${where} found ${found} where a record (an object) is expected. Does the extractor's path lead to the records?`,
    { nodes: [place] },
  );
}
