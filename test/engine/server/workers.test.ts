import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorkers, type Workers, type WorkersOptions } from '../../../engine/server/workers.ts';

// A worker that does what its request's body says.
const worker = `
let held = [];
let requests = 0;
process.on('message', (message) => {
  if (message.kind === 'abort') {
    if (held.includes('polite')) process.send({ kind: 'failure', message: 'given up' });
    return;
  }
  requests += 1;
  const { body } = message;
  if (body === 'spin') for (;;) {}
  if (body === 'eat') for (;;) held.push(new Array(1e5).fill(Math.random()));
  if (body === 'exit') process.exit(7);
  if (body === 'fail') process.send({ kind: 'failure', message: 'the manifest is wrong', stack: 'Error: at home' });
  else if (body === 'wait politely') held.push('polite');
  else if (body !== 'wait') process.send({ kind: 'answer', text: JSON.stringify({ pid: process.pid, requests }) });
});
process.on('disconnect', () => process.exit());
`;

let folder: string;
let file: string;
const started: Workers[] = [];
const logged: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'workers-'));
  file = join(folder, 'worker.cjs');
  writeFileSync(file, worker);
});

afterEach(async () => {
  logged.length = 0;
  await Promise.all(started.splice(0).map((workers) => workers.close()));
});

afterAll(() => rmSync(folder, { recursive: true }));

function start(
  options: Partial<WorkersOptions> = {},
): (body: string, signal?: AbortSignal) => Promise<string> {
  const workers = createWorkers({ file, memory: 64, log: (message) => logged.push(message), ...options });
  started.push(workers);
  return (body, signal = new AbortController().signal) => workers.perform('resolve', body, signal);
}

async function pidOf(answer: Promise<string>): Promise<number> {
  return JSON.parse(await answer).pid;
}

it('answers one request after the other in the same process', async () => {
  const ask = start();
  expect(await pidOf(ask('pid'))).toBe(await pidOf(ask('pid')));
});

it('answers requests at the same time in different processes', async () => {
  const ask = start();
  const [one, other] = await Promise.all([pidOf(ask('pid')), pidOf(ask('pid'))]);
  expect(one).not.toBe(other);
});

it('ends a process after so many requests', async () => {
  const ask = start({ requestsEach: 2 });
  const pids = [await pidOf(ask('pid')), await pidOf(ask('pid')), await pidOf(ask('pid'))];
  expect(pids[0]).toBe(pids[1]);
  expect(pids[2]).not.toBe(pids[0]);
});

it('tells what was wrong, and logs what nobody foresaw', async () => {
  await expect(start()('fail')).rejects.toThrow('the manifest is wrong');
  expect(logged).toEqual(['Error: at home']);
});

it('kills a process that computes on when its request is given up, and goes on with another', async () => {
  const ask = start({ grace: 1 });
  const stop = new AbortController();
  const spinning = ask('spin', stop.signal);
  const other = await pidOf(ask('pid'));
  stop.abort(new Error('time is up'));
  await expect(spinning).rejects.toThrow('time is up');
  expect(await pidOf(ask('pid'))).toBe(other);
});

it('keeps a process that gives up when it is told to', async () => {
  const ask = start({ grace: 600_000 });
  const before = await pidOf(ask('pid'));
  const stop = new AbortController();
  const waiting = ask('wait politely', stop.signal);
  stop.abort(new Error('time is up'));
  await expect(waiting).rejects.toThrow('time is up');
  expect(await pidOf(ask('pid'))).toBe(before);
});

it('says that a request needed too much memory, and goes on with another process', async () => {
  const ask = start({ memory: 32 });
  await expect(ask('eat')).rejects.toThrow(
    'It needed more than the 32 MB of memory that one request may take.',
  );
  expect(await pidOf(ask('pid'))).toBeGreaterThan(0);
});

it('says that a process ended without an answer', async () => {
  await expect(start()('exit')).rejects.toThrow('Its process ended before it had an answer (exit code 7).');
});

it('ends every process when it is closed', async () => {
  const ask = start();
  const idle = await pidOf(ask('pid'));
  const spinning = expect(ask('spin')).rejects.toThrow('SIGKILL');
  await started.splice(0)[0]?.close();
  await spinning;
  expect(() => process.kill(idle, 0)).toThrow('ESRCH');
});
