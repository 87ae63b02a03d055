import { createHash } from 'node:crypto';
import { DatetimeBasedCursor } from '../../engine/components/incremental-sync/datetime-based-cursor.ts';
import { MinMaxDatetime } from '../../engine/components/incremental-sync/min-max-datetime.ts';
import type { IncrementalSync } from '../../engine/language/families.ts';
import { openCursor } from '../../engine/sync/cursor/open-cursor.ts';
import type { JsonObject } from '../../engine/util/json.ts';
import { makeComponent, testScope } from '../kit/scope.ts';

/** A vector of kind `slices`: a cursor's definition, a config and a state at a fixed time. */
export interface SlicesVector {
  readonly context: {
    readonly incremental_sync: JsonObject;
    readonly config: JsonObject;
    readonly state: JsonObject;
  };
  readonly options: { readonly now: string };
}

export interface SlicesResult {
  /** `{ count, slices }`, or `{ count, first, last, digest }` of more than thirty. */
  readonly value: JsonObject;
  /** The state before anything is read. */
  readonly initialState: JsonObject;
}

/** Throws what the cursor throws. */
export async function slicesOf({ context, options }: SlicesVector): Promise<SlicesResult> {
  const scope = testScope({
    config: context.config,
    now: Date.parse(options.now),
    components: [MinMaxDatetime],
  });
  const incremental: IncrementalSync = makeComponent(DatetimeBasedCursor, context.incremental_sync, scope);
  const cursor = openCursor({
    incremental,
    router: undefined,
    stream: 'vectors',
    state: context.state,
    clock: scope.clock,
  });
  const initialState = cursor.state();
  const slices: JsonObject[] = [];
  for await (const slice of cursor.slices()) slices.push(slice.cursor);
  return { value: summary(slices), initialState };
}

function summary(slices: readonly JsonObject[]): JsonObject {
  const count = slices.length;
  if (count <= 30) return { count, slices };
  const digest = createHash('sha256').update(pythonJson(slices)).digest('hex');
  return { count, first: slices.slice(0, 6), last: slices.slice(-6), digest };
}

/** Compact, keys in order, ASCII only. */
function pythonJson(slices: readonly JsonObject[]): string {
  const sorted = slices.map((slice) =>
    Object.fromEntries(Object.entries(slice).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
  return JSON.stringify(sorted).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
