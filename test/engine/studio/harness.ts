import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBench } from '../../../engine/commands/studio/studio-bench.ts';
import { listenStudio } from '../../../engine/studio/listen.ts';
import type { ReadMessage, ServerEvent, Session } from '../../../engine/studio/messages.ts';
import { systemClock } from '../../../engine/time/clock.ts';
import { testEnvironment } from '../../kit/environment.ts';

export const secret = 'canary-77aa01';

export const manifestOf = (url: string) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [orders] }
definitions:
  requester:
    type: HttpRequester
    url_base: ${url}
    authenticator: { type: BearerAuthenticator, api_token: "{{ config['token'] }}" }
streams:
  - type: DeclarativeStream
    name: orders
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester: { $ref: "#/definitions/requester", path: /orders }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
      paginator:
        type: DefaultPaginator
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
        pagination_strategy: { type: PageIncrement, page_size: 2 }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: integer } } } }
spec:
  type: Spec
  connection_specification:
    type: object
    required: [token]
    properties: { token: { type: string, airbyte_secret: true } }
`;

/** An API whose pages never end, which shows what it was shown. */
export async function startApi() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        you: request.headers.authorization,
        data: [{ id: asked.length }, { id: -asked.length }],
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The studio of a manifest in a folder of its own, and a browser's side of it: its cookie and its origin. */
export async function openStudio(text: string, { config }: { readonly config?: object } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'manifold-studio-'));
  const file = join(folder, 'shop.yaml');
  await writeFile(file, text);
  if (config !== undefined) await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const bench = await createBench(
    {
      file,
      config: config === undefined ? undefined : join(folder, 'config.json'),
      isSimulated: false,
      hooks: [],
    },
    testEnvironment({ clock: systemClock }),
  );
  const logged: string[] = [];
  const server = await listenStudio({
    bench,
    port: 0,
    assets: join(folder, 'assets'),
    log: (line) => logged.push(line),
  });
  const { origin } = new URL(server.url);
  const opened = await fetch(server.url, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${origin}${path}`, { ...init, headers: { cookie, origin, ...init.headers } });
  const post = (path: string, body: unknown, init: RequestInit = {}) =>
    ask(path, { method: 'POST', body: JSON.stringify(body), ...init });

  return {
    file,
    folder,
    url: server.url,
    origin,
    port: server.port,
    cookie,
    logged,
    ask,
    post,
    onDisk: () => readFile(file, 'utf8'),
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Studio = Awaited<ReturnType<typeof openStudio>>;

/** What an answer says, as the test expects it. */
export async function jsonOf<T>(response: Response | Promise<Response>): Promise<T> {
  return JSON.parse(await (await response).text());
}

/** Lines of JSON as they come. */
export async function* linesOf(response: Response): AsyncGenerator<ReadMessage> {
  let rest = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line);
  }
}

/** What the server says by itself, until one says enough. */
export async function eventUntil(
  studio: Studio,
  isIt: (event: ServerEvent) => boolean,
  act: (session: Session) => unknown,
) {
  const stop = new AbortController();
  const response = await studio.ask('/api/events', { signal: stop.signal });
  let rest = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = (rest + chunk).split('\n\n');
    rest = events.pop() ?? '';
    for (const data of events.flatMap((event) => /^data: ?(.*)$/m.exec(event)?.[1] ?? [])) {
      const event: ServerEvent = JSON.parse(data);
      if (event.type === 'hello') await act(event.session);
      if (!isIt(event)) continue;
      stop.abort();
      return event;
    }
  }
  throw new Error('The server said nothing of the kind.');
}
