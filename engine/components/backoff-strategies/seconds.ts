import type { Scope } from '../../contract/scope.ts';
import { ConnectorError, type ErrorKind } from '../../error/connector-error.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { parsePythonFloat } from '../../util/python/python-number.ts';

/** The value of a field that must be a number of seconds. */
export function secondsOf(
  value: unknown,
  field: string,
  scope: Scope,
  kind: ErrorKind = 'config_error',
): number {
  const seconds = typeof value === 'boolean' ? Number(value) : parsePythonFloat(pythonText(value));
  if (seconds !== undefined && Number.isFinite(seconds)) return seconds;
  throw new ConnectorError(`"${field}" must be a number of seconds, not "${pythonText(value)}".`, {
    kind,
    nodes: [scope.place],
  });
}

/** Jitter only ever makes a wait longer: up to twice the range. */
export function withJitter(seconds: number, range: number | undefined, random: () => number): number {
  return range === undefined ? seconds : seconds + random() * range * 2;
}
