import type { OutgoingRequest } from '../contract/families.ts';
import { toJsonText } from '../util/json/to-json-text.ts';

/** An answer of the simulated API. */
export interface SimulatedAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
  /** Nobody knows what was asked for. */
  readonly isUnknown?: boolean;
}

/** What tells requests apart: everything but credentials. */
export function keyOf({ method, url, headers, body }: OutgoingRequest): string {
  const told = Object.entries(headers).filter(
    ([name]) => !/^(?:authorization|cookie|user-agent)$/i.test(name),
  );
  const text =
    body === undefined || typeof body === 'string' ? (body ?? '') : Buffer.from(body).toString('base64');
  return `${method} ${url.href}\n${toJsonText(told.sort(([a], [b]) => (a < b ? -1 : 1)))}\n${text}`;
}

export function jsonAnswer(value: unknown, status = 200): SimulatedAnswer {
  return {
    status,
    headers: [['content-type', 'application/json']],
    body: new TextEncoder().encode(toJsonText(value)),
  };
}
