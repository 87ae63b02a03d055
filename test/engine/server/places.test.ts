import { getEventListeners } from 'node:events';
import { BusyError, createPlaces, type PlacesOptions } from '../../../engine/server/places.ts';

const never = new AbortController().signal;
const endless = 2_000_000_000;

function places(options: Partial<PlacesOptions> = {}) {
  return createPlaces({ concurrency: 1, maxWaiting: 1, timeLimit: endless, fairShare: endless, ...options });
}

/** Work that ends when it is told to, one way or the other. */
function openWork() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begin = (_: AbortSignal) => {};
  const began = new Promise<AbortSignal>((resolve) => {
    begin = resolve;
  });
  return {
    end,
    began,
    async work(signal: AbortSignal) {
      begin(signal);
      await ended;
      return 'done';
    },
  };
}

it('lets work wait for its place, in order', async () => {
  const { run } = places({ maxWaiting: 2 });
  const first = openWork();
  const order: string[] = [];
  const all = [
    run(first.work, never).then(() => order.push('first')),
    run(async () => order.push('second'), never),
    run(async () => order.push('third'), never),
  ];
  await first.began;
  first.end();
  await Promise.all(all);
  expect(order).toEqual(['first', 'second', 'third']);
});

it('refuses what has no place to wait', async () => {
  const { run } = places();
  const first = openWork();
  const running = run(first.work, never);
  const waiting = run(async () => 'waited', never);
  await expect(run(async () => 'refused', never)).rejects.toThrow(BusyError);
  first.end();
  expect([await running, await waiting]).toEqual(['done', 'waited']);
});

it('leaves nobody listening to the signal of work that has ended: Node would keep it, and the request with it', async () => {
  const { run } = places();
  const signals = [
    await run(async (signal) => signal, never),
    await run(async (signal) => Promise.reject(signal), never).catch((signal) => signal),
  ];
  expect(signals.map((signal) => getEventListeners(signal, 'abort'))).toEqual([[], []]);
});

it('abandons work whose time is up, and keeps its place until it has ended', async () => {
  const { run } = places({ timeLimit: 1 });
  const late = openWork();
  await expect(run(late.work, never)).rejects.toThrow('It took longer than 0.001 seconds.');
  expect((await late.began).aborted).toBe(true);
  let isRunning = false;
  const next = run(async () => {
    isRunning = true;
  }, never);
  await new Promise((resolve) => setImmediate(resolve));
  expect(isRunning).toBe(false);
  late.end();
  await next;
  expect(isRunning).toBe(true);
});

it('abandons work that takes longer than its fair share once others wait', async () => {
  const { run } = places({ fairShare: 1 });
  const silent = openWork();
  const abandoned = run(silent.work, never);
  const signal = await silent.began;
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(signal.aborted).toBe(false);
  const waiting = run(async () => 'waited', never);
  await expect(abandoned).rejects.toThrow('It took longer than 0.001 seconds while others were waiting.');
  silent.end();
  expect(await waiting).toBe('waited');
});

it('lets go when the client has gone, before or after its turn', async () => {
  const { run } = places();
  const gone = AbortSignal.abort(new Error('gone'));
  await expect(run(async () => 'never', gone)).rejects.toThrow('gone');
  expect(await run(async () => 'next', never)).toBe('next');
});
