import type { Place } from './place.ts';

/** What the platform should do next: ask the user (config), try again later (transient), or call an engineer (system). */
export type ErrorKind = 'config_error' | 'transient_error' | 'system_error';

export interface ConnectorErrorOptions {
  /** Default `system_error`. */
  readonly kind?: ErrorKind;
  /** What has happened, for who has to tell it from other errors; messages are for people. */
  readonly code?: string | undefined;
  /** For logs and engineers; `message` is what users read. */
  readonly internalMessage?: string | undefined;
  readonly nodes?: readonly Place[];
  /** Offset inside the value of the scalar at `nodes[0]`, for templates. */
  readonly offset?: number | undefined;
  /** Stream → slice → page, outermost first. */
  readonly path?: readonly string[];
  readonly cause?: unknown;
}

/**
 * The one error that the engine throws. Its message is a sentence for the user; its nodes say where in the manifest.
 */
export class ConnectorError extends Error {
  readonly kind: ErrorKind;
  readonly code: string | undefined;
  readonly internalMessage: string | undefined;
  readonly nodes: readonly Place[];
  readonly offset: number | undefined;
  readonly path: readonly string[];

  constructor(message: string, options: ConnectorErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ConnectorError';
    this.kind = options.kind ?? 'system_error';
    this.code = options.code;
    this.internalMessage = options.internalMessage;
    this.nodes = options.nodes ?? [];
    this.offset = options.offset;
    this.path = options.path ?? [];
  }
}

export function isConnectorError(value: unknown): value is ConnectorError {
  return value instanceof ConnectorError;
}

/** Whether an error, or what it was caused by, has a code. */
export function hasCode(error: unknown, code: string): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === code) || hasCode(error.cause, code);
}
