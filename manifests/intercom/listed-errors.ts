import type { HttpResponse, Middleware } from 'manifold-connectors';

/** Bytes. A list of errors is short, so no list of records is read twice for it. */
const longest = 10_000;

/**
 * Middleware for what Intercom answers when it is in trouble: a list of errors with the status of a success. A list of
 * records that is read from it would be empty, and the sync would go on as if there were none. So it counts as a failure
 * of the server, which is asked again.
 */
export const failOnListedErrors: Middleware = async (request, next) => {
  const response = await next(request);
  return (await isErrorOfSuccess(response)) ? { ...response, status: 500 } : response;
};

async function isErrorOfSuccess(response: HttpResponse): Promise<boolean> {
  if (response.status !== 200 || response.headers.get('content-type')?.includes('json') !== true)
    return false;
  const { length } = await response.bytes();
  return length <= longest && isErrorList(await response.json().catch(() => undefined));
}

function isErrorList(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'type' in body && body.type === 'error.list';
}
