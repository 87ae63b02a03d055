import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { pythonText } from '../../http/request/request-text.ts';

/** The value of a field that must be a whole number of at least 1. */
export function wholeNumber(value: unknown, field: string, scope: Scope): number {
  const text = pythonText(value);
  const number = Math.trunc(Number(text));
  if (text.trim() !== '' && Number.isSafeInteger(number) && number >= 1) return number;
  throw new ConnectorError(`"${field}" must be a whole number of at least 1, not "${text}".`, {
    kind: 'config_error',
    nodes: [scope.place],
  });
}
