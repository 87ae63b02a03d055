import type { StreamDefinition, StreamState } from '../../contract/families.ts';
import { tryTo } from '../../util/flow/try-to.ts';

/**
 * How far a state goes, for people: the cursor value, and the time that it means where it does not show that itself.
 */
export function reachedText(state: StreamState, { cursorField, timeOf }: StreamDefinition): string {
  const value = cursorField === undefined ? undefined : newestValue(state, cursorField);
  if (value === undefined) return '';
  const text = String(value);
  if (!/^\d+(\.\d+)?$/.test(text)) return text;
  const time = tryTo(() => timeOf?.(state));
  return time === undefined ? text : `${text} (${new Date(time).toISOString().slice(0, 19)}Z)`;
}

/** The cursor value in a state, whatever its shape: plain, or the newest over all partitions. */
function newestValue(state: StreamState, cursorField: string): string | number | undefined {
  const values: (string | number)[] = [];
  collectCursorValues(state, cursorField, values);
  return values
    .sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1))
    .at(-1);
}

function collectCursorValues(value: unknown, cursorField: string, values: (string | number)[]): void {
  if (Array.isArray(value)) for (const item of value) collectCursorValues(item, cursorField, values);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (name === cursorField && (typeof item === 'string' || typeof item === 'number')) values.push(item);
      else if (name !== 'parent_state') collectCursorValues(item, cursorField, values);
    }
  }
}
