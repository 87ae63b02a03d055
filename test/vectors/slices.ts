import { createHash } from 'node:crypto';
import { DatetimeBasedCursor } from '../../engine/components/incremental-sync/datetime-based-cursor.ts';
import { MinMaxDatetime } from '../../engine/components/incremental-sync/min-max-datetime.ts';
import { isConnectorError } from '../../engine/error/connector-error.ts';
import { openCursor } from '../../engine/sync/cursor/open-cursor.ts';
import { readState } from '../../engine/sync/state/codec.ts';
import { PythonError } from '../../engine/time/python-error.ts';
import type { JsonObject } from '../../engine/util/json/json.ts';
import { makeComponent, testScope } from '../kit/scope.ts';
import type { Handler, Vector } from './kinds.ts';
import { canonical, revive } from './values.ts';

interface Expected {
  readonly value?: unknown;
  readonly error?: { readonly class: string };
  /** The state before anything is read. */
  readonly initial_state?: unknown;
}

/** Slices of a datetime cursor, by its definition, a config and a state. */
export const slices: Handler = async (vector) => {
  const expected = vector.expect as Expected;
  let made: Awaited<ReturnType<typeof slicesOf>>;
  try {
    made = await slicesOf(vector);
  } catch (error) {
    // What we refuse in our own words has no Python class.
    if (expected.error !== undefined && isConnectorError(error)) return [];
    const name = error instanceof PythonError ? error.pythonClass : String(error);
    return name === expected.error?.class ? [] : [`wanted ${JSON.stringify(expected)}, got ${name}`];
  }
  if (expected.error !== undefined) return [`wanted ${expected.error.class}, got ${canonical(made.value)}`];
  return [
    ...differs('slices', expected.value, made.value),
    ...differs('state', expected.initial_state, made.initialState),
  ];
};

function differs(what: string, expected: unknown, made: unknown): string[] {
  const [wanted, got] = [canonical(revive(expected)), canonical(made)];
  return wanted === got ? [] : [`${what}: wanted ${wanted}, got ${got}`];
}

async function slicesOf(
  vector: Vector,
): Promise<{ readonly value: unknown; readonly initialState: unknown }> {
  const context = vector.context as Record<'incremental_sync' | 'config' | 'state', JsonObject>;
  const scope = testScope({
    config: revive(context.config) as JsonObject,
    now: Date.parse(String(vector.options.now)),
    components: [MinMaxDatetime],
  });
  const incremental = makeComponent(DatetimeBasedCursor, context.incremental_sync, scope);
  const { clock } = scope;
  const cursor = openCursor({
    incremental,
    router: undefined,
    stream: 'vectors',
    state: readState(context.state),
    clock,
  });
  const initialState = cursor.state();
  const windows: JsonObject[] = [];
  for await (const slice of cursor.slices()) windows.push(slice.cursor);
  return { value: summary(windows), initialState };
}

/** `{ count, slices }`, or `{ count, first, last, digest }` of more than thirty. */
function summary(windows: readonly JsonObject[]): JsonObject {
  const count = windows.length;
  if (count <= 30) return { count, slices: windows };
  const digest = createHash('sha256').update(pythonJson(windows)).digest('hex');
  return { count, first: windows.slice(0, 6), last: windows.slice(-6), digest };
}

/** Compact, keys in order, ASCII only. */
function pythonJson(windows: readonly JsonObject[]): string {
  const sorted = windows.map((window) =>
    Object.fromEntries(Object.entries(window).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
  return JSON.stringify(sorted).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
