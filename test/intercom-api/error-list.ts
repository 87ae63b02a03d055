import type { JsonObject } from './rows.ts';

/** An answer of the API that is not a success; the dispatcher turns it into an `error.list` body. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { field?: string; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = more.field;
    this.headers = more.headers ?? {};
  }
}

/** The body of every failed request: one or more errors, each with a code. */
export function errorList(requestId: string, code: string, message: string, field?: string): JsonObject {
  return {
    type: 'error.list',
    request_id: requestId,
    errors: [{ code, message, ...(field === undefined ? {} : { field }) }],
  };
}

export const notFound = (message = 'Resource Not Found', code = 'not_found'): ApiError =>
  new ApiError(404, code, message);
export const invalid = (message: string, field?: string): ApiError =>
  new ApiError(400, 'parameter_invalid', message, field === undefined ? {} : { field });
