import type { IncrementalSync } from '../contract/families.ts';
import type { Scope } from '../contract/scope.ts';
import type { Slice } from '../contract/slice.ts';
import { parametersOf } from '../language/compile.ts';
import { datetimeFromMs, type PyDateTime } from '../time/datetime.ts';
import { formatDatetime, isTimestampFormat, parseDatetime, type TimeInput } from '../time/datetime-format.ts';
import { tryTo } from '../util/flow/try-to.ts';
import type { ComponentAt } from '../validate/visit.ts';

/** A window of a slice, in milliseconds since the epoch, or in the numbers of a count. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** The cursor of a stream, as the API behind it has to know it. */
export interface CursorModel {
  readonly kind: 'datetime' | 'count';
  readonly field: string;
  /** Records come newest first. */
  readonly isNewestFirst: boolean;
  /** The names of start and end in slices. */
  readonly names: { readonly start: string; readonly end: string };
  /** The windows from the start of the stream until now. */
  windows(): Promise<readonly Window[]>;
  /** What the slice asks for; the side that it does not name is open. */
  windowOf(slice: Slice): Window;
  /** What a record has as its cursor value for a position: the value that is written, and the position that it says. */
  written(position: number, isNumeric: boolean): { readonly value: unknown; readonly position: number };
  /** The position that a text of a request says; undefined when it says none. */
  positionOf(value: unknown): number | undefined;
  /** A position as slices write it. */
  inSlice(position: number): unknown;
  /** The position as precisely as requests can say it. */
  inRequest(position: number): number;
}

/** More windows than anybody wants to look at. */
const mostWindows = 400;

export function createCursorModel(
  at: ComponentAt,
  incremental: IncrementalSync,
  scope: Scope,
): CursorModel | undefined {
  const { fields, node } = at;
  if (at.traits.compares === undefined) return undefined;
  const isCount = at.traits.compares === 'counts';
  const text = (name: string, otherwise: string) => {
    const field = fields[name];
    const value =
      typeof field === 'function'
        ? (field as (scope: Scope) => () => unknown)({ ...scope, node, parameters: parametersOf(node) })()
        : field;
    return typeof value === 'string' && value !== '' ? value : otherwise;
  };
  const format = text('datetime_format', '%s');
  const formats = [...((fields.cursor_datetime_formats as readonly string[] | undefined) ?? []), format];
  const names = isCount
    ? { start: 'start', end: 'end' }
    : { start: text('partition_field_start', 'start_time'), end: text('partition_field_end', 'end_time') };
  const [firstFormat = format] = formats;
  const numericFormat = formats.find(isTimestampFormat);
  let known: Promise<readonly Window[]> | undefined;

  function positionOf(value: unknown): number | undefined {
    if (value === undefined || value === null) return undefined;
    if (isCount) return Number(value);
    // Slices are written in the format of the cursor; a state that was resumed may have another one.
    for (const each of [format, ...formats]) {
      const moment = tryTo(() => parseDatetime(value as TimeInput, each));
      if (moment !== undefined) return msOf(moment);
    }
    return undefined;
  }

  function windowOf({ cursor }: Slice): Window {
    return {
      start: positionOf(cursor[names.start]) ?? Number.NEGATIVE_INFINITY,
      end: positionOf(cursor[names.end]) ?? Number.POSITIVE_INFINITY,
    };
  }

  async function findWindows(): Promise<readonly Window[]> {
    const found: Window[] = [];
    const cursor = incremental.open({
      stream: scope.stream?.name ?? '',
      state: undefined,
      router: undefined,
      clock: scope.sync.clock,
    });
    for await (const slice of cursor.slices()) {
      found.push(windowOf(slice));
      if (found.length >= mostWindows) break;
    }
    return found;
  }

  return {
    kind: isCount ? 'count' : 'datetime',
    field: incremental.cursorField,
    isNewestFirst: incremental.isDataFeed,
    names,
    windows: () => {
      known ??= findWindows();
      return known;
    },
    windowOf,
    positionOf,
    written(position, isNumeric) {
      if (isCount) return { value: Math.round(position), position: Math.round(position) };
      const recordFormat = isNumeric ? (numericFormat ?? firstFormat) : firstFormat;
      const written = formatDatetime(datetimeFromMs(Math.round(position)), recordFormat);
      const value = isNumeric && /^-?\d+(?:\.\d+)?$/.test(written) ? Number(written) : written;
      return { value, position: positionIn(written, recordFormat) ?? position };
    },
    inSlice: (position) => (isCount ? position : formatDatetime(datetimeFromMs(position), format)),
    inRequest(position) {
      if (isCount) return position;
      return positionIn(formatDatetime(datetimeFromMs(position), format), format) ?? position;
    },
  };
}

function positionIn(text: string, format: string): number | undefined {
  const moment = tryTo(() => parseDatetime(text, format));
  return moment && msOf(moment);
}

function msOf(moment: PyDateTime): number {
  return moment.timestamp() * 1000;
}
