import { ConnectorError } from '../../error/connector-error.ts';
import type { Scope } from '../../language/scope.ts';
import { parseDuration } from '../../time/duration.ts';
import { PyTimedelta } from '../../time/timedelta.ts';

/** Milliseconds of an ISO 8601 duration of exact length, e.g. `PT1M`. */
export function milliseconds(text: string, field: string, scope: Scope): number {
  let duration: unknown;
  try {
    duration = parseDuration(text);
  } catch {
    // Said below.
  }
  if (duration instanceof PyTimedelta) return duration.totalSeconds() * 1000;
  throw new ConnectorError(
    `"${field}" must be an ISO 8601 duration such as PT1M, without months or years; "${text}" is none.`,
    { kind: 'config_error', nodes: [scope.place] },
  );
}
