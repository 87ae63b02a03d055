import { ConnectorError } from '../../error/connector-error.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
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

/** `what` names the part of the state that cannot be used. */
export function malformedState(what: string, cause?: unknown): ConnectorError {
  const why = cause instanceof Error ? ` (${cause.message})` : '';
  return new ConnectorError(
    `The state of this stream cannot be used: it has ${what}${why}. Fix it, or remove the stream from the state to read it from the beginning.`,
    { kind: 'config_error', ...(cause !== undefined && { cause }) },
  );
}

function valueText(field: string, raw: unknown): string {
  return `"${field}": ${toJsonText(raw)}`;
}
