import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Held, heldBy, told } from './measure-process.ts';

interface ServeLoad {
  readonly manifold: string;
  readonly requests: number;
  readonly say: (text: string) => void;
}

const atOnce = 4;

const head = `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [things] }
`;
const streams = (url: string, condition = '{{ record.id > 1 }}') => `${head}streams:
  - type: DeclarativeStream
    name: things
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "${url}", http_method: GET }
      record_selector:
        type: RecordSelector
        extractor: { type: DpathExtractor, field_path: [] }
        record_filter: { type: RecordFilter, condition: "${condition}" }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object } }
spec: { type: Spec, connection_specification: { type: object, properties: {} } }
`;

/** The first tenth warms up; from then on nothing may grow by more than this. */
const mostGrowth = { memory: 64 * 2 ** 20, files: 20 };

/**
 * `serve` under good and bad requests, four at a time for a long time. Measured is the process that listens: what it has of
 * the machine's memory, and its open files; the processes that work for it end after a hundred requests each. Says what is
 * wrong.
 */
export async function serveMany({ manifold, requests, say }: ServeLoad): Promise<readonly string[]> {
  const api = createServer((_request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify([{ id: 1 }, { id: 2 }, { id: 3 }]));
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(api.address() as AddressInfo).port}/things`;
  const server = spawn(process.execPath, [manifold, 'serve', '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const address = await addressOf(server.stderr);
    // Nobody reads what it says from here on; a full pipe would stop it.
    server.stderr.resume();
    const good = { manifest: streams(url), config: {} };
    const asked: readonly (readonly [path: string, body: object, status: number])[] = [
      ['test_read', { ...good, stream_name: 'things' }, 200],
      ['check', good, 200],
      ['resolve', { manifest: streams(url) }, 200],
      ['discover', good, 200],
      ['resolve', { manifest: 'streams: [' }, 400],
      [
        'test_read',
        { ...good, manifest: streams(url, '{{ record.id | nothing }}'), stream_name: 'things' },
        200,
      ],
    ];
    const problems = new Set<string>();
    let begun = 0;
    let done = 0;
    let first: Held | undefined;
    const worker = async () => {
      while (begun < requests) {
        const [path, body, status] = asked[begun++ % asked.length] as (typeof asked)[number];
        const answer = await fetch(`${address}/v1/manifest/${path}`, {
          method: 'POST',
          body: JSON.stringify(body),
        });
        await answer.arrayBuffer();
        if (answer.status !== status) problems.add(`${path} answered ${answer.status}, not ${status}`);
        done++;
        if (done % Math.ceil(requests / 10) !== 0 || server.pid === undefined) continue;
        const held = heldBy(server.pid);
        first ??= held;
        say(`${done} requests: ${told(held)}\n`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    const last = server.pid === undefined ? undefined : heldBy(server.pid);
    if (first !== undefined && last !== undefined) {
      if (last.memory > first.memory + mostGrowth.memory)
        problems.add(`memory grew from ${first.memory} to ${last.memory} bytes`);
      if (last.files > first.files + mostGrowth.files)
        problems.add(`open files grew from ${first.files} to ${last.files}`);
    }
    return [...problems];
  } finally {
    server.kill();
    api.close();
    api.closeAllConnections();
  }
}

async function addressOf(stderr: AsyncIterable<Buffer>): Promise<string> {
  let said = '';
  // Left open: the server goes on telling what it does.
  const chunks = stderr[Symbol.asyncIterator]();
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    said += next.value;
    const [address] = /http:\S+/.exec(said) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error(`serve did not start: ${said}`);
}
