import * as z from 'zod';
import type {
  OpenStream,
  ParentStreamConfig as ParentStream,
  PartitionOptions,
  RequestContext,
  StoredState,
} from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { RequestParts } from '../../contract/request-parts.ts';
import type { Slice } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { dataResponse } from '../../http/wire/data-response.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { parentStateOf } from '../../sync/state/parent-state-of.ts';
import { pyStr, pyTruth } from '../../template/python-values.ts';
import { inspectTemplate } from '../../template/template.ts';
import { cloneJson } from '../../util/json/clone-json.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { compileGet } from '../../util/path/dpath.ts';
import { createPagePosition, type PagePosition } from './parent-page-position.ts';
import { withLast } from './with-last.ts';

/** How the records of another stream become partitions. */
export const ParentStreamConfig = component({
  family: 'ParentStreamConfig',
  type: 'ParentStreamConfig',
  doc: 'A parent stream, and what its records give to the stream.',
  fields: () => ({
    stream: slot('Stream', 'DeclarativeStream').describe('The parent stream.'),
    parent_key: template().describe("Path, with slashes, to the value in the parent's records."),
    partition_field: template().describe('Name of the value in the slice.'),
    request_option: slot('RequestOption', 'RequestOption')
      .optional()
      .describe('Where the value is put into requests.'),
    incremental_dependency: z
      .boolean()
      .default(false)
      .describe("Read only the parent's records that changed; its state is kept within the stream's."),
    lazy_read_pointer: z
      .array(template())
      .default([])
      .describe("Path to the stream's first records inside the parent's record."),
    extra_fields: z
      .array(z.array(template()))
      .optional()
      .describe("Paths to more of the parent's record, for templates to use."),
  }),
  *check({ lazy_read_pointer }) {
    for (const [index, { text }] of lazy_read_pointer.entries()) {
      if (text.includes('*') && inspectTemplate(text).isPlain)
        yield { message: notPlain, at: ['lazy_read_pointer', index] };
    }
  },
  traits: ({ lazy_read_pointer, partition_field }) => ({
    isLazy: lazy_read_pointer.length > 0,
    namesValue: { field: 'partition_field', text: partition_field.text },
  }),
  make(fields, scope): ParentStream {
    const stream = fields.stream(scope);
    const partitionField = pyStr(fields.partition_field(scope)());
    const key = pyStr(fields.parent_key(scope)());
    const keyOf = compileGet(segmentsOf(key), null);
    const option = fields.request_option?.(scope);
    const extras = (fields.extra_fields ?? []).map((path) => {
      const segments = path.map((segment) => pyStr(segment(scope)()));
      return { name: segments.join('.'), get: compileGet(segments, null) };
    });
    const pointer = fields.lazy_read_pointer.map((segment) => pyStr(segment(scope)()));
    if (pointer.some((segment) => segment.includes('*'))) {
      throw new ConnectorError(notPlain, {
        kind: 'config_error',
        nodes: [scope.place],
      });
    }
    const embedded = pointer.length === 0 ? undefined : compileGet(pointer, []);

    /** Undefined for records without the key. */
    function toPartition(record: JsonObject, slice: Slice): Slice | undefined {
      const value = keyOf(record);
      if (value === null || value === undefined) return undefined;
      const extraFields: JsonObject =
        embedded === undefined ? {} : { child_response: firstResponse(embedded(record)) };
      for (const { name, get } of extras) extraFields[name] = get(record);
      return Object.freeze({
        partition: Object.freeze({ [partitionField]: value, parent_slice: slice.partition }),
        cursor: {},
        extraFields,
      });
    }

    /**
     * When the last record of a parent's slice, or of a page of it, is handed out, the state must cover that slice or
     * page. So every record waits for the next one.
     */
    async function* partitions(
      { cursor, slices, read }: OpenStream,
      within: PagePosition,
    ): AsyncGenerator<Slice> {
      let records = 0;
      let withKey = 0;
      for await (const { item: slice, isLast } of withLast(slices())) {
        let held: Slice | undefined;
        try {
          for await (const page of read(slice)) {
            within.pageRead(cursor.midSliceState?.(slice));
            for (const record of page.records) {
              const before = held;
              held = toPartition(record, slice);
              records += 1;
              if (held !== undefined) withKey += 1;
              if (before !== undefined) yield before;
            }
          }
        } catch (error) {
          // What was read of a parent that fails has children all the same; the parent's state stays before it.
          if (held !== undefined) yield held;
          throw error;
        }
        cursor.closeSlice(slice);
        within.sliceRead();
        if (isLast) cursor.finish();
        if (held !== undefined) yield held;
      }
      if (records > 0 && withKey === 0) warnOfKey(records);
    }

    function warnOfKey(records: number): void {
      const none = records === 1 ? 'The one record' : `None of the ${records} records`;
      const slashes = key.includes('.')
        ? ` Segments of a path are written with slashes: "${key.replaceAll('.', '/')}".`
        : '';
      scope.sync.log(
        'WARN',
        `${none} of the parent stream "${stream.name}" has ${records === 1 ? 'no' : 'the'} "${key}" (parent_key), so there is nothing to read of stream "${scope.stream?.name ?? ''}".${slashes}`,
      );
    }

    return Object.freeze({
      name: stream.name,
      partitionField,
      incremental: fields.incremental_dependency,
      open(childState: StoredState | undefined, options?: PartitionOptions) {
        const state = fields.incremental_dependency ? parentStateOf(childState, stream) : undefined;
        const opened = stream.open({ state, isPreview: options?.isPreview, signal: scope.sync.signal });
        const within = createPagePosition();
        return Object.freeze({
          partitions: () => partitions(opened, within),
          state: () => within.state() ?? opened.cursor.state(),
        });
      },
      hasRequestOption: option !== undefined,
      addTo(parts: RequestParts, { slice }: RequestContext) {
        const value = slice?.partition[partitionField];
        if (option !== undefined && pyTruth(value ?? null)) option.inject(value, parts);
      },
    });
  },
});

const notPlain = '"lazy_read_pointer" must be a plain path, without "*".';

/** "/" and the empty path mean the whole record. */
function segmentsOf(path: string): string[] {
  return path === '/' || path === '' ? [] : path.replace(/^\/+/, '').split('/');
}

/** A part of a parent's record, as if the API had answered the first request of its child with it. */
function firstResponse(data: unknown): HttpResponse {
  // Records are changed in place, and others may use the parent's record too.
  return dataResponse(data, () => cloneJson(data));
}
