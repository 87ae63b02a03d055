import type { StreamState } from '../../contract/families.ts';
import type { PyDateTime } from '../../time/datetime.ts';
import { isObject } from '../../util/json/json.ts';

/**
 * The moment (ms since epoch) up to which a state without partitions covers its stream: that of the cursor field, or of
 * the first of its ranges. Undefined when there is none, or none that can be read.
 */
export function stateTime(
  state: StreamState,
  cursorField: string,
  parse: (value: unknown) => PyDateTime,
): number | undefined {
  const value = state.state_type === 'date-range' ? ofFirstRange(state.slices) : state[cursorField];
  if (!value) return undefined;
  try {
    return parse(value).timestamp() * 1000;
  } catch {
    return undefined;
  }
}

function ofFirstRange(ranges: unknown): unknown {
  const [first] = Array.isArray(ranges) ? ranges : [];
  return isObject(first) ? first.most_recent_cursor_value || first.end : undefined;
}
