import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { fixedMilliseconds } from '../../time/duration.ts';

/** Milliseconds of a field that is an ISO 8601 duration of fixed length, e.g. `PT1M`. */
export function milliseconds(text: string, field: string, scope: Scope): number {
  const duration = fixedMilliseconds(text);
  if (duration !== undefined) return duration;
  throw new ConnectorError(
    `"${field}" must be an ISO 8601 duration without months or years, such as PT1M, not "${text}".`,
    { kind: 'config_error', nodes: [scope.place] },
  );
}
