import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type * as z from 'zod';
import { isConnectorError } from '../error/connector-error.ts';
import { locatedError } from '../error/located-error.ts';
import { printError } from '../error/print-location.ts';
import { parseJson } from '../util/json/parse-json.ts';
import { bearerToken, isValidToken } from './bearer-token.ts';
import { createLines } from './lines.ts';
import { createOperations, type OperationsOptions } from './operations.ts';
import { type OperationName, type Perform, performWith } from './perform.ts';
import { BusyError } from './places.ts';
import { type BodyProblem, bodyProblems, requestBodies } from './requests.ts';

export interface ServerOptions extends OperationsOptions {
  /** Requests about manifests must carry a JSON Web Token signed with it (HS256). Without it, anybody may ask. */
  readonly jwtSecret?: string | undefined;
  /** Bytes of a request's body. Default 10 MB. */
  readonly maxBody?: number;
  /** How many streams are read at once, and beside them half as many checks and a fourth of what needs no API. Default 8. */
  readonly concurrency?: number;
  /** How many requests of each of these kinds may wait for their turn; others are refused with 503. Default 32. */
  readonly maxWaiting?: number;
  /** Milliseconds after which a request is abandoned. Default five minutes. */
  readonly timeLimit?: number;
  /** Milliseconds after which a request is abandoned when others wait for its place. Default 30 seconds. */
  readonly fairShare?: number;
  /** Answers the requests about manifests. By default in this process. */
  readonly perform?: Perform;
  /** For the server's own log. */
  readonly log?: (message: string) => void;
}

/** The API of the manifest server: test reads, checks, catalogs and resolved manifests, for manifests in requests. */
export function createApp(options: ServerOptions = {}): Hono {
  const { jwtSecret, maxBody = 10 * 1024 * 1024, log = () => {} } = options;
  const perform = options.perform ?? performWith(createOperations(options));
  const placesOf = createLines({
    concurrency: options.concurrency ?? 8,
    maxWaiting: options.maxWaiting ?? 32,
    timeLimit: options.timeLimit ?? 5 * 60 * 1000,
    fairShare: options.fairShare ?? 30 * 1000,
  });
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

  function route(path: string, name: OperationName, trouble: string): void {
    app.post(`/v1/manifest/${path}`, async (c) => {
      const body = await c.req.text();
      const problems = problemsOf(body, requestBodies[name]);
      if (problems !== undefined) return c.json({ detail: problems }, 422);
      try {
        const answer = await placesOf(name, body).run(
          (signal) => perform(name, body, signal),
          c.req.raw.signal,
        );
        return c.body(answer, 200, { 'Content-Type': 'application/json' });
      } catch (error) {
        if (error instanceof BusyError) {
          c.header('Retry-After', '5');
          return c.json({ detail: 'The server is busy. Try again in a few seconds.' }, 503);
        }
        if (!isConnectorError(error))
          log(error instanceof Error ? (error.stack ?? error.message) : String(error));
        return c.json({ detail: `${trouble}: ${printError(locatedError(error))}` }, 400);
      }
    });
    app.all(`/v1/manifest/${path}`, (c) => {
      c.header('Allow', 'POST');
      return c.json({ detail: 'Method Not Allowed' }, 405);
    });
  }
  route('resolve', 'resolve', 'Error resolving manifest');
  route('full_resolve', 'fullResolve', 'Error full resolving manifest');
  route('check', 'check', 'Error checking connection');
  route('discover', 'discover', 'Error discovering streams');
  route('test_read', 'testRead', 'Error reading stream');
  return app;
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

function problemsOf(body: string, schema: z.ZodType): readonly BodyProblem[] | undefined {
  let value: unknown;
  try {
    value = parseJson(body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [{ loc: ['body'], msg: `JSON decode error: ${error.message}`, type: 'json_invalid' }];
  }
  const result = schema.safeParse(value);
  return result.success ? undefined : bodyProblems(result.error);
}
