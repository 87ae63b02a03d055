import type { OutgoingRequest } from '../contract/families.ts';
import type { Slice } from '../contract/slice.ts';
import { tryTo } from '../util/flow/try-to.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { CursorModel } from './cursor-model.ts';
import type { Probe } from './probe.ts';
import { wordsOf } from './same-question.ts';

export interface ShiftedFor {
  readonly request: OutgoingRequest;
  readonly cursor: CursorModel;
  readonly probe: Probe;
}

const day = 86_400_000;

/**
 * The window that a request is for, by how the stream's own requests follow their windows: what is asked may be written
 * in another unit, or lie a margin outside of the window. Undefined when nothing in the request follows one.
 */
export async function shiftedWindow(
  slice: Slice,
  own: OutgoingRequest,
  { request, cursor, probe }: ShiftedFor,
): Promise<JsonObject | undefined> {
  const [before, after] = [readingsOf(own, cursor), readingsOf(request, cursor)];
  if (before.length !== after.length) return undefined;
  const by = cursor.kind === 'count' ? 1 : day;
  const window: JsonObject = {};
  for (const side of [cursor.names.start, cursor.names.end]) {
    const value = slice.cursor[side];
    const position = value === undefined ? undefined : cursor.positionOf(value);
    if (position === undefined) continue;
    const moved = { ...slice, cursor: { ...slice.cursor, [side]: cursor.inSlice(position + by) } };
    const asked = await probe.first(moved);
    const shift = asked && shiftBy(before, readingsOf(asked, cursor), after);
    if (shift !== undefined) window[side] = cursor.inSlice(position + shift * by);
  }
  return Object.keys(window).length === 0 ? undefined : window;
}

/** How many times the way from the first to the second leads to the third, by the first word that is on the way. */
function shiftBy(
  from: readonly (number | undefined)[],
  to: readonly (number | undefined)[],
  asked: readonly (number | undefined)[],
): number | undefined {
  if (from.length !== to.length) return undefined;
  for (const [index, start] of from.entries()) {
    const [end, place] = [to[index], asked[index]];
    if (start !== undefined && end !== undefined && place !== undefined && start !== end)
      return (place - start) / (end - start);
  }
  return undefined;
}

/** The words of a request as numbers, whatever they count. */
function readingsOf(request: OutgoingRequest, cursor: CursorModel): readonly (number | undefined)[] {
  return wordsOf(request).map((word) => {
    const readings = [Number(word || Number.NaN), tryTo(() => cursor.positionOf(word)), momentOf(word)];
    return readings.find((reading) => reading !== undefined && Number.isFinite(reading));
  });
}

function momentOf(word: string): number | undefined {
  return /^\d{4}-\d\d-\d\d/.test(word) ? Date.parse(word) : undefined;
}
