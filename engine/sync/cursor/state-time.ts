import type { Position, StoredRange } from '../../contract/families.ts';
import type { PyDateTime } from '../../time/datetime.ts';

/**
 * The moment (ms since epoch) up to which a position covers its stream: that of the cursor field, or of the first of its
 * ranges. Undefined when there is none, or none that can be read.
 */
export function stateTime(
  position: Position,
  cursorField: string,
  parse: (value: unknown) => PyDateTime,
): number | undefined {
  const value = position.kind === 'value' ? position.fields[cursorField] : reached(position.ranges[0]);
  if (!value) return undefined;
  try {
    return parse(value).timestamp() * 1000;
  } catch {
    return undefined;
  }
}

function reached(range: StoredRange | undefined): unknown {
  return range?.mostRecent || range?.end;
}
