import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type * as z from 'zod';
import type { Surroundings } from '../connector/sync-scope.ts';
import { ConnectorError, isConnectorError } from '../error/connector-error.ts';
import { locatedError } from '../error/located-error.ts';
import { printError } from '../error/print-location.ts';
import { createSemaphore } from '../util/flow/semaphore.ts';
import { parseJson } from '../util/json/parse-json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { bearerToken, isValidToken } from './bearer-token.ts';
import { createOperations } from './operations.ts';
import { bodyProblems, requestBodies } from './requests.ts';

export interface ServerOptions {
  /** Requests about manifests must carry a JSON Web Token signed with it (HS256). Without it, anybody may ask. */
  readonly jwtSecret?: string | undefined;
  /** Bytes of a request's body. Default 10 MB. */
  readonly maxBody?: number;
  /** How many requests are worked on at once. Default 4. */
  readonly concurrency?: number;
  /** How many requests may wait for their turn; others are refused with 503. Default 32. */
  readonly maxWaiting?: number;
  /** Milliseconds after which a request is abandoned. Default five minutes. */
  readonly timeLimit?: number;
  readonly surroundings?: Surroundings;
  /** For the server's own log. */
  readonly log?: (message: string) => void;
}

/** The API of the manifest server: test reads, checks, catalogs and resolved manifests, for manifests in requests. */
export function createApp(options: ServerOptions = {}): Hono {
  const { jwtSecret, maxBody = 10 * 1024 * 1024, timeLimit = 5 * 60 * 1000, log = () => {} } = options;
  const operations = createOperations(options.surroundings ?? {});
  const takeTurn = turns(options.concurrency ?? 4, options.maxWaiting ?? 32);
  const app = new Hono({ strict: false });

  app.notFound((c) => c.json({ detail: 'Not Found' }, 404));
  app.onError((error, c) => {
    log(`${c.req.method} ${c.req.path} failed: ${error.stack ?? error.message}`);
    return c.json({ detail: 'Internal Server Error' }, 500);
  });
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.get('/capabilities', (c) => c.json({ custom_code_execution: false }));

  app.use('/v1/manifest/*', authentication(jwtSecret));
  app.use(
    '/v1/manifest/*',
    bodyLimit({
      maxSize: maxBody,
      onError: (c) =>
        c.json({ detail: `The request is larger than the ${maxBody} bytes that are allowed.` }, 413),
    }),
  );

  function route<Name extends keyof typeof requestBodies>(
    path: string,
    name: Name,
    trouble: string,
    run: (body: z.output<(typeof requestBodies)[Name]>, signal: AbortSignal) => Promise<unknown>,
  ): void {
    app.post(`/v1/manifest/${path}`, async (c) => {
      const read = await readBody(c, requestBodies[name]);
      if ('refusal' in read) return read.refusal;
      const leave = await takeTurn();
      if (leave === undefined) {
        c.header('Retry-After', '5');
        return c.json({ detail: 'The server is busy. Try again in a few seconds.' }, 503);
      }
      const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(timeLimit)]);
      try {
        const running = run(read.body as z.output<(typeof requestBodies)[Name]>, signal);
        const answer = await Promise.race([running, aborted(signal, timeLimit)]);
        return c.body(toJsonText(answer), 200, { 'Content-Type': 'application/json' });
      } catch (error) {
        if (!isConnectorError(error))
          log(error instanceof Error ? (error.stack ?? error.message) : String(error));
        return c.json({ detail: `${trouble}: ${printError(locatedError(error))}` }, 400);
      } finally {
        leave();
      }
    });
    app.all(`/v1/manifest/${path}`, (c) => {
      c.header('Allow', 'POST');
      return c.json({ detail: 'Method Not Allowed' }, 405);
    });
  }
  route('resolve', 'resolve', 'Error resolving manifest', operations.resolve);
  route('full_resolve', 'fullResolve', 'Error full resolving manifest', operations.fullResolve);
  route('check', 'check', 'Error checking connection', operations.check);
  route('discover', 'discover', 'Error discovering streams', operations.discover);
  route('test_read', 'testRead', 'Error reading stream', operations.testRead);
  return app;
}

/** Rejects when the time is up or the client has gone, even when the work itself ignores the signal. */
function aborted(signal: AbortSignal, timeLimit: number): Promise<never> {
  const late = new ConnectorError(
    `It took longer than ${timeLimit / 1000} seconds, or the client has gone.`,
    {
      kind: 'transient_error',
    },
  );
  return new Promise((_, reject) => {
    if (signal.aborted) reject(late);
    else signal.addEventListener('abort', () => reject(late), { once: true });
  });
}

function authentication(secret: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    if (secret === undefined || secret === '') return next();
    const token = bearerToken(c.req.header('Authorization'));
    if (token !== undefined && (await isValidToken(token, secret))) return next();
    c.header('WWW-Authenticate', 'Bearer');
    return c.json({ detail: token === undefined ? 'Bearer token required' : 'Invalid token' }, 401);
  };
}

async function readBody<Body>(
  c: Context,
  schema: z.ZodType<Body>,
): Promise<{ readonly body: Body } | { readonly refusal: Response }> {
  let value: unknown;
  try {
    value = parseJson(await c.req.text());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const problem = { loc: ['body'], msg: `JSON decode error: ${error.message}`, type: 'json_invalid' };
    return { refusal: c.json({ detail: [problem] }, 422) };
  }
  const result = schema.safeParse(value);
  if (result.success) return { body: result.data };
  return { refusal: c.json({ detail: bodyProblems(result.error) }, 422) };
}

/** A place among those who work, or undefined when too many are already waiting. */
function turns(concurrency: number, maxWaiting: number): () => Promise<(() => void) | undefined> {
  const places = createSemaphore(concurrency);
  let inside = 0;
  return async () => {
    if (inside >= concurrency + maxWaiting) return undefined;
    inside += 1;
    const leave = await places.acquire();
    return () => {
      inside -= 1;
      leave();
    };
  };
}
