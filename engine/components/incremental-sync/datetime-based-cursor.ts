import * as z from 'zod';
import type { Cursor, CursorOptions, Position } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { component } from '../../language/component.ts';
import { datetimeFormat } from '../../language/field-types/datetime-format.ts';
import { duration, durationTemplate, nothing } from '../../language/field-types/duration.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { fieldOf } from '../../manifest/node.ts';
import { type DatetimeCursorSettings, openDatetimeCursor } from '../../sync/cursor/datetime-cursor.ts';
import { datetimeValues } from '../../sync/cursor/datetime-values.ts';
import { stateTime } from '../../sync/cursor/state-time.ts';
import { pyStr } from '../../template/python-values.ts';
import { datetimeFromMs, type PyDateTime } from '../../time/datetime.ts';
import { chosenField } from './chosen-field.ts';
import { clampingProblems, evaluateClamping } from './evaluate-clamping.ts';
import { parseBound } from './parse-bound.ts';
import { isSomeDuration } from './some-duration.ts';
import { splitRefusal } from './split-refusal.ts';

const bound = () => z.union([slot('DatetimeBound', 'MinMaxDatetime'), template()]);

/** Reads what changed since the last sync, in windows of time. */
export const DatetimeBasedCursor = component({
  family: 'IncrementalSync',
  type: 'DatetimeBasedCursor',
  doc: 'Reads only records that changed since the last sync, by a datetime field of theirs.',
  sees: [],
  fields: () => ({
    cursor_field: template().describe('The field of a record that says when it changed; at its top level.'),
    datetime_format: datetimeFormat().describe('How datetimes are written in requests and states.'),
    start_datetime: bound().describe('Nothing older is read.'),
    end_datetime: bound().optional().describe('Nothing newer is read; now by default.'),
    cursor_datetime_formats: z
      .array(datetimeFormat())
      .optional()
      .describe('How datetimes may be written in records, the most likely one first.'),
    step: durationTemplate()
      .optional()
      .describe('Length of a window as an ISO 8601 duration; one window by default.'),
    cursor_granularity: duration()
      .or(nothing())
      .optional()
      .describe('Distance between the end of a window and the start of the next, as an ISO 8601 duration.'),
    lookback_window: durationTemplate()
      .optional()
      .describe('How much before the last state is read again, as an ISO 8601 duration.'),
    clamping: z
      .object({
        target: template().describe('DAY, WEEK or MONTH.'),
        target_details: z
          .record(z.string(), z.unknown())
          .optional()
          .describe('For WEEK: the weekday that weeks start on.'),
      })
      .optional()
      .describe('Windows start and end with whole days, weeks or months.'),
    start_time_option: slot('RequestOption', 'RequestOption')
      .optional()
      .describe('Where the start of a window is put into requests.'),
    end_time_option: slot('RequestOption', 'RequestOption')
      .optional()
      .describe('Where the end of a window is put into requests.'),
    partition_field_start: template()
      .optional()
      .describe('Name of the window start in slices; start_time by default.'),
    partition_field_end: template()
      .optional()
      .describe('Name of the window end in slices; end_time by default.'),
    is_data_feed: z
      .boolean()
      .optional()
      .describe('The API cannot filter and gives the newest records first: stop at the first old one.'),
    is_client_side_incremental: z
      .boolean()
      .optional()
      .describe('The API gives all records: leave out those the state covers.'),
    is_compare_strictly: z
      .boolean()
      .default(false)
      .describe('The API refuses windows whose start is their end: skip them.'),
    global_substream_cursor: z
      .boolean()
      .default(false)
      .describe('Keep one position for all partitions instead of one for each.'),
    allow_catalog_defined_cursor_field: z
      .boolean()
      .optional()
      .describe('Users may choose another cursor field in the catalog.'),
  }),
  *check({ step, cursor_granularity: granularity, clamping }) {
    if ((step === undefined) !== (granularity === undefined)) {
      const [given, missing] =
        step === undefined ? ['cursor_granularity', 'step'] : ['step', 'cursor_granularity'];
      yield {
        message: `A DatetimeBasedCursor has both "step" and "cursor_granularity" or neither; "${given}" is set here, and "${missing}" is not.`,
        at: [given],
      };
    }
    if (clamping !== undefined) yield* clampingProblems(clamping.target.text, clamping.target_details);
  },
  traits: (fields) => ({
    compares: 'datetimes',
    splitRefusal: splitRefusal(
      fields.cursor_granularity,
      fields.datetime_format,
      fields.is_client_side_incremental === true,
    ),
  }),
  make(fields, scope) {
    const { datetime_format: format, step, cursor_granularity: granularity } = fields;
    const cursorField = pyStr(fields.cursor_field(scope)());
    const formats = { output: format, input: fields.cursor_datetime_formats ?? [] };
    const boundaries = {
      start: pyStr(fields.partition_field_start?.(scope)() ?? '') || 'start_time',
      end: pyStr(fields.partition_field_end?.(scope)() ?? '') || 'end_time',
    };
    const startOption = fields.start_time_option?.(scope);
    const endOption = fields.end_time_option?.(scope);
    const start = toBound(fields.start_datetime, 'start_datetime', format, scope);
    const end = fields.end_datetime && toBound(fields.end_datetime, 'end_datetime', format, scope);
    const length = step?.(scope);
    const lookback = fields.lookback_window?.(scope);
    const clamping = fields.clamping && {
      target: fields.clamping.target(scope),
      details: fields.clamping.target_details,
    };

    const addTo: Cursor['addTo'] = (parts, { slice }) => {
      if (slice === undefined) return;
      startOption?.inject(slice.cursor[boundaries.start] ?? null, parts);
      endOption?.inject(slice.cursor[boundaries.end] ?? null, parts);
    };

    return Object.freeze({
      cursorField,
      place: scope.place,
      allowCatalogCursorField: fields.allow_catalog_defined_cursor_field ?? false,
      isClientSide: fields.is_client_side_incremental ?? false,
      isDataFeed: fields.is_data_feed ?? false,
      timeOf(position: Position) {
        return stateTime(position, cursorField, datetimeValues(formats, undefined).parse);
      },
      untilTime: () => end && end().timestamp() * 1000,
      open(options: CursorOptions): Cursor {
        const first = start();
        const now = () => datetimeFromMs(options.clock.now());
        const chosen = fields.allow_catalog_defined_cursor_field ? chosenField(options, scope) : undefined;
        const settings: DatetimeCursorSettings = {
          stream: options.stream,
          cursorField: chosen || cursorField,
          values: datetimeValues(formats, isSomeDuration(granularity)),
          boundaries,
          plan: {
            start: first,
            lookback: isSomeDuration(lookback?.()),
            step: isSomeDuration(length?.()),
            granularity: isSomeDuration(granularity),
            ...evaluateClamping(clamping, end ?? now, isSomeDuration(granularity)),
            isCompareStrictly: fields.is_compare_strictly,
          },
          answers: {
            areBounded: true,
            areNewestFirst: fields.is_data_feed ?? false,
            areOfEverything: fields.is_client_side_incremental ?? false,
            // The answers may come from the cache, where another stream has put them.
            since: datetimeFromMs(scope.sync.startedAt),
          },
          addTo,
          warn: (message) => scope.sync.log('WARN', message),
        };
        return openDatetimeCursor(settings, { ...options, useGlobalCursor: fields.global_substream_cursor });
      },
    });
  },
});

type Bound = z.output<ReturnType<typeof bound>>;

/** A bound that is written as text has the format of the cursor. */
function toBound(field: Bound, name: string, format: string, scope: Scope): () => PyDateTime {
  const made = field(scope);
  const placeOf = (field: string) => (fieldOf(scope.node, field) ?? scope.node).place;
  const written = { format, place: placeOf('datetime_format') };
  return typeof made === 'function'
    ? () => parseBound(pyStr(made()), written, placeOf(name))
    : () => made.datetime(format, written.place);
}
