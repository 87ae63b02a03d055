import { toJsonText } from '../../util/json/to-json-text.ts';
import { malformedState } from '../state/malformed-state.ts';
import type { CursorValues } from './cursor-values.ts';

/** A cursor value from a stored state. Throws ConnectorError (config_error) when it is not one. */
export function parseStored<V, G>(values: CursorValues<V, G>, field: string, raw: unknown): V {
  if (typeof raw === 'object' && raw !== null) throw malformedState(valueText(field, raw));
  try {
    return values.parse(raw);
  } catch (cause) {
    throw malformedState(valueText(field, raw), cause);
  }
}

function valueText(field: string, raw: unknown): string {
  return `"${field}": ${toJsonText(raw)}`;
}
