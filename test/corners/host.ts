/**
 * Runs protocol commands for others, several at once, each with a clock and a proxy of its own: a process for each of
 * many hundred commands would spend most of its time on starting. Prints its port; `client.sh` is the other end.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readProtocolArguments } from '../../bin/protocol-arguments.ts';
import { packageFiles } from '../../engine/connector/package-files.ts';
import { errorTrace } from '../../engine/protocol/trace.ts';
import { toLine } from '../../engine/protocol/write.ts';
import { recordedClock } from './recorded-clock.ts';

// dist/test/corners/host.js
const packageRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const files = packageFiles(packageRoot);

/** What a client sends: the number of its arguments, they themselves, and these of its environment; each ends with NUL. */
const variables = [
  'HTTP_PROXY',
  'DIFF_CLOCK',
  'DIFF_FROZEN_TIME',
  'DIFF_WAIT_LOG',
  'EXIT_CODE_FILE',
] as const;

interface Task {
  readonly args: readonly string[];
  readonly env: Readonly<Record<(typeof variables)[number], string>>;
}

function readTask(text: string): Task | undefined {
  const fields = text.split('\0');
  const count = Number(fields[0]);
  if (fields.length <= count + 1 + variables.length) return undefined;
  const values = fields.slice(count + 1);
  const env = Object.fromEntries(variables.map((name, index) => [name, values[index] ?? '']));
  return { args: fields.slice(1, count + 1), env: env as Task['env'] };
}

async function run({ args, env }: Task, socket: Socket, signal: AbortSignal): Promise<number> {
  const { HTTP_PROXY, DIFF_CLOCK, DIFF_FROZEN_TIME, DIFF_WAIT_LOG } = env;
  const write = (text: string | Uint8Array) =>
    new Promise<void>((done) => (socket.destroyed ? done() : socket.write(text, () => done())));
  try {
    const given = readProtocolArguments(args);
    if (given === undefined)
      throw new Error(`These are no arguments of a protocol command: ${args.join(' ')}`);
    const command = await given.command.load();
    return await command(given.options, {
      env: { HTTP_PROXY, HTTPS_PROXY: HTTP_PROXY },
      write,
      writeError: () => {},
      signal,
      clock: recordedClock(DIFF_CLOCK, Date.parse(DIFF_FROZEN_TIME), (ms) =>
        appendFileSync(DIFF_WAIT_LOG, `${ms}\n`),
      ),
      bundledManifest: join(packageRoot, 'manifests', 'intercom.yaml'),
      bundledHooks: files.hooks,
      bundledSchema: files.schema,
      hasBundledSchema: files.hasSchema,
      loadHooks: async () => [],
    });
  } catch (error) {
    await write(toLine(errorTrace(error, Date.now())));
    return 1;
  }
}

const server = createServer((socket) => {
  let text = '';
  const gone = new AbortController();
  socket.setEncoding('utf8');
  socket.on('error', () => {});
  socket.on('close', () => gone.abort(new Error('The client has gone.')));
  const receive = (chunk: string) => {
    text += chunk;
    const task = readTask(text);
    if (task === undefined) return;
    socket.off('data', receive);
    socket.resume();
    void run(task, socket, gone.signal).then((code) => {
      // A client that has been ended has taken its folder along.
      if (gone.signal.aborted) return;
      writeFileSync(task.env.EXIT_CODE_FILE, String(code));
      socket.end();
    });
  };
  socket.on('data', receive);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
// Whoever started it has gone.
process.stdin.on('end', () => process.exit()).resume();
