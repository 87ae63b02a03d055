import { upgradeWebSocket } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { stream, streamSSE } from 'hono/streaming';
import * as z from 'zod';
import { viewExchange } from '../builder/view-exchange.ts';
import type { Manifest } from '../connector/load-manifest.ts';
import { isConnectorError } from '../error/connector-error.ts';
import { printThrown } from '../error/print-location.ts';
import { curlOf } from '../preview/curl.ts';
import { specificationIn } from '../protocol/specification.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { parseJson } from '../util/json/parse-json.ts';
import type { Bench, FinishedRead } from './bench.ts';
import { configForm, missingFields, withKept } from './config-form.ts';
import { copyStream } from './copy-stream.ts';
import { evaluateAt } from './evaluate.ts';
import type { Guard } from './guard.ts';
import { languageSocket } from './language-socket.ts';
import type { ExchangeView, Outline, ServerEvent, Session } from './messages.ts';
import { outlineOf, typicalStream } from './outline.ts';
import { sendAsset, sendPage, setCommonHeaders } from './page.ts';
import type { KeptRead, Reads } from './reads.ts';
import type { Shelf } from './shelf.ts';
import { testReport } from './test-report.ts';

export interface StudioOptions {
  readonly bench: Bench;
  readonly guard: Guard;
  readonly shelf: Shelf;
  readonly reads: Reads;
  /** Where the build has put the page. */
  readonly assets: string;
  /** Hands out what happens, until the signal is aborted. */
  readonly listen: (listener: (event: ServerEvent) => void) => () => void;
  readonly log: (message: string) => void;
}

const state = z.custom<JsonObject>(isObject, 'A state is a JSON object.');
const bodies = {
  text: z.object({ text: z.string() }),
  write: z.object({ text: z.string(), version: z.string() }),
  read: z.object({
    text: z.string(),
    stream: z.string(),
    pages: z.int().min(1),
    slices: z.int().min(1),
    records: z.int().min(1),
    state: state.optional(),
  }),
  evaluate: z.object({ template: z.string(), offset: z.int(), page: z.int() }),
  config: z.object({
    values: z.custom<JsonObject>(isObject, 'A config is a JSON object.'),
    keep: z.array(z.string()),
  }),
  addStream: z.object({
    text: z.string(),
    like: z.string(),
    name: z.string().regex(/^[A-Za-z]\w*$/, 'The name of a stream is letters, digits and _: order_items.'),
    path: z.string().trim().min(1, 'A stream has a path: /orders.'),
  }),
  save: z.object({
    name: z.string().trim().min(1, 'A test has a name.'),
    isExact: z.boolean().default(false),
  }),
  test: z.object({ checks: z.boolean() }),
};

/** Bytes: more than any manifest has. */
const largestBody = 20 * 1024 * 1024;
/** Keeps connections from being taken for dead ones. Milliseconds. */
const heartbeat = 15_000;

/** The studio's routes. Everything but the door needs the cookie. */
export function createStudioApp(options: StudioOptions): Hono {
  const { bench, guard, shelf, reads, assets } = options;
  const app = new Hono();
  app.onError((error, c) => {
    // What was asked was understood, and cannot be done.
    if (isConnectorError(error)) return c.json({ error: printThrown(error) }, 422);
    if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400);
    options.log(`${c.req.method} ${c.req.path} failed: ${error.stack ?? error.message}`);
    return c.json({ error: error.message }, 500);
  });
  app.use(async (c, next) => {
    await next();
    setCommonHeaders(c);
  });
  app.use(guard.middleware);
  app.use(bodyLimit({ maxSize: largestBody }));

  app.get('/open', (c) => {
    const isAdmitted = guard.admit(c, c.req.query('token') ?? '') || guard.isKnown(c);
    return isAdmitted
      ? c.redirect('/')
      : c.text(
          'This link was used before, or is not of this studio. Start "manifold studio" again for another one.',
          403,
        );
  });
  app.get('/', sendPage);
  app.get('/assets/:name', (c) => sendAsset(c, assets, c.req.param('name')));

  const session = async (): Promise<Session> => ({
    file: bench.file,
    isSimulated: bench.isSimulated,
    config: bench.config,
    isConfigEntered: bench.enteredConfig() !== undefined,
    testFile: bench.testFile,
    version: (await shelf.read()).version,
  });
  app.get('/api/session', async (c) => c.json(await session()));
  app.get('/api/events', (c) =>
    streamSSE(c, async (events) => {
      const send = (event: ServerEvent) => void events.writeSSE({ data: JSON.stringify(event) });
      const stop = options.listen(send);
      send({ type: 'hello', session: await session() });
      const beat = setInterval(() => void events.write(': still here\n\n'), heartbeat);
      await new Promise<void>((gone) => events.onAbort(gone));
      clearInterval(beat);
      stop();
    }),
  );
  app.get(
    '/lsp',
    upgradeWebSocket(() => languageSocket(bench.language)),
  );

  app.get('/api/file', async (c) => c.json(await shelf.read()));
  app.put('/api/file', async (c) => {
    const { text, version } = await given(c, bodies.write);
    const { isWritten, file } = await shelf.write(text, version);
    return c.json(file, isWritten ? 200 : 412);
  });
  app.post('/api/outline', async (c) => {
    const { text } = await given(c, bodies.text);
    return c.json(await outline(bench, text));
  });

  app.post('/api/config-form', async (c) => {
    const { text } = await given(c, bodies.text);
    const { manifest } = await bench.open(text);
    return c.json(configForm(specSchema(manifest), bench.enteredConfig() ?? {}));
  });
  app.put('/api/config', async (c) => {
    const { values, keep } = await given(c, bodies.config);
    bench.enterConfig(withKept(values, bench.enteredConfig() ?? {}, keep));
    return c.json(await session());
  });
  app.post('/api/add-stream', async (c) => {
    const { text, ...stream } = await given(c, bodies.addStream);
    const { manifest } = await bench.open(text);
    return c.json(copyStream(manifest, stream));
  });

  app.post('/api/read', async (c) => {
    const request = await given(c, bodies.read);
    c.header('Content-Type', 'application/x-ndjson');
    return stream(c, async (out) => {
      const stop = new AbortController();
      out.onAbort(() => stop.abort(new Error('The read was cancelled.')));
      await reads.run(request, async (line) => out.write(`${line}\n`), stop.signal);
    });
  });
  const readOf = (c: Context): KeptRead | undefined => reads.find(c.req.param('id') ?? '');
  const forgotten = (c: Context) =>
    c.json({ error: 'This read is no longer remembered. Read the stream again.' }, 404);
  app.get('/api/reads/:id/exchanges/:number', async (c) => {
    const read = readOf(c);
    const number = Number(c.req.param('number'));
    const exchange = read?.exchanges[number];
    if (read === undefined || exchange === undefined) return forgotten(c);
    const { redactor } = read.opened;
    const { request, response } = await viewExchange(exchange, redactor.text);
    const view: ExchangeView = {
      title: exchange.purpose?.title ?? `stream ${exchange.stream}`,
      method: request.http_method,
      url: request.url,
      requestHeaders: request.headers,
      requestBody: request.body ?? undefined,
      status: response.status,
      responseHeaders: response.headers,
      responseBody: response.body,
      curl: curlOf(exchange.request, redactor),
    };
    return c.json(view);
  });
  app.post('/api/reads/:id/evaluate', async (c) => {
    const read = readOf(c);
    if (read === undefined) return forgotten(c);
    return c.json(evaluateAt(read, await given(c, bodies.evaluate)) ?? null);
  });
  const withFinished = async (c: Context, act: (read: FinishedRead) => Promise<string>) => {
    const finished = readOf(c)?.finished;
    if (finished === undefined) return forgotten(c);
    return c.json({ message: finished.opened.redactor.text(await act(finished)) });
  };
  app.post('/api/reads/:id/save-test', async (c) => {
    const test = await given(c, bodies.save);
    return withFinished(c, (read) => bench.saveTest(read, test));
  });
  app.post('/api/reads/:id/accept-schema', (c) => withFinished(c, bench.acceptSchema));
  app.post('/api/tests', async (c) => {
    const { checks } = await given(c, bodies.test);
    const file = await shelf.read();
    const { signal } = c.req.raw;
    const json = await bench.test({ checks, signal }).catch((thrown: unknown) => {
      // Nobody waits for the answer any more.
      if (signal.aborted) return undefined;
      throw thrown;
    });
    if (json === undefined) return c.body(null, 204);
    const manifest = await bench.open(file.text).then(
      (opened) => opened.manifest,
      () => undefined,
    );
    return c.json(testReport(json, manifest));
  });
  return app;
}

async function outline(bench: Bench, text: string): Promise<Outline> {
  try {
    const { manifest, config } = await bench.open(text);
    const needs = missingFields(specSchema(manifest), config);
    const streams = outlineOf(manifest);
    return { streams, typical: typicalStream(manifest, streams), needs, problem: undefined };
  } catch (thrown) {
    return { streams: [], typical: undefined, needs: [], problem: printThrown(thrown) };
  }
}

function specSchema({ root }: Manifest): JsonObject {
  return specificationIn(root)?.connectionSpecification ?? {};
}

async function given<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(parseJson(await c.req.text()));
}
