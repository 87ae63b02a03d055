import { isTooDeep, tellDeepRecord } from '../util/json/deep-record.ts';
import { ConnectorError, type ErrorKind, isConnectorError } from './connector-error.ts';
import type { Place } from './place.ts';

export interface ErrorContext {
  /** Outer steps first; they go in front of the path that the error already has. */
  readonly path?: readonly string[];
  /** Used when the error has no place of its own, which would be the more precise one. */
  readonly nodes?: readonly Place[];
  /** Kind for anything that is not a ConnectorError yet. Default `system_error`. */
  readonly kind?: ErrorKind;
}

/** Whatever was thrown, as a ConnectorError that knows where it happened. The original is its cause. */
export function locatedError(thrown: unknown, context: ErrorContext = {}): ConnectorError {
  const { path = [], nodes = [], kind = 'system_error' } = context;
  if (!isConnectorError(thrown)) {
    return new ConnectorError(messageOf(thrown), { kind, nodes, path, cause: thrown });
  }
  const error = new ConnectorError(thrown.message, {
    kind: thrown.kind,
    code: thrown.code,
    internalMessage: thrown.internalMessage,
    nodes: thrown.nodes.length > 0 ? thrown.nodes : nodes,
    offset: thrown.offset,
    path: [...path, ...thrown.path],
    cause: thrown.cause,
  });
  if (thrown.stack !== undefined) error.stack = thrown.stack;
  return error;
}

function messageOf(thrown: unknown): string {
  if (isTooDeep(thrown)) return tellDeepRecord([], 0);
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return typeof thrown === 'string' ? thrown : 'An unexpected value was thrown.';
}
