import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import { createLoad } from '../../../../engine/http/budget/load.ts';
import { testResponse } from '../../../kit/response.ts';
import { fakeClock } from '../../../kit/scope.ts';

const request: OutgoingRequest = { method: 'GET', url: new URL('http://api.test/'), headers: {} };

/** A load whose API took so long for each of the answers that it has seen. */
async function loadOf(milliseconds: readonly number[], bytes = 100) {
  const clock = fakeClock();
  const load = createLoad(clock);
  const answers = [...milliseconds];
  const transport = load.measured({
    async send() {
      clock.advance(answers.shift() ?? 0);
      return testResponse({});
    },
    async close() {},
  });
  for (const _ of milliseconds) {
    let sentAt = Number.NaN;
    const onSent = (at: number) => {
      sentAt = at;
    };
    await transport.send(request, { onSent });
    load.received(clock.now() - sentAt, bytes);
  }
  return { load, clock };
}

describe('how many requests are worth having under way', () => {
  it.each([
    [1, 2],
    [20, 4],
    [300, 34],
    [950, 106],
  ])('is rate times time: with answers after %i ms, %i', async (milliseconds, wanted) => {
    const { load, clock } = await loadOf([milliseconds]);
    load.window(1000, clock.now() + 10_000);
    expect(load.wanted()).toBe(wanted);
  });

  it('is unknown as long as nobody tells of a window, or nothing was answered', async () => {
    const { load } = await loadOf([300]);
    expect(load.wanted()).toBeUndefined();
    const { load: silent, clock } = await loadOf([]);
    silent.window(1000, clock.now() + 10_000);
    expect(silent.wanted()).toBeUndefined();
  });

  it('follows the time of the answers', async () => {
    const { load, clock } = await loadOf([1000, ...Array.from({ length: 100 }, () => 100)]);
    load.window(1000, clock.now() + 10_000);
    expect(load.wanted()).toBe(13);
  });

  it('is more when a window is behind, up to twice as much, and one when it is spent', async () => {
    const { load, clock } = await loadOf([300]);
    const end = clock.now() + 10_000;
    load.window(1000, end);
    clock.advance(5000);
    load.window(750, end);
    expect(load.wanted()).toBe(51);
    clock.advance(4500);
    load.window(700, end);
    expect(load.wanted()).toBe(67);
    load.window(0, end);
    expect(load.wanted()).toBe(1);
  });

  it('is no more than memory has room for', async () => {
    const { load, clock } = await loadOf(
      Array.from({ length: 100 }, () => 300),
      8 * 1024 * 1024,
    );
    load.window(1000, clock.now() + 10_000);
    expect(load.wanted()).toBe(8);
  });

  it('is told to those who listen, as long as they do', async () => {
    const { load, clock } = await loadOf([300]);
    let calls = 0;
    const end = load.onChange(() => calls++);
    load.window(1000, clock.now() + 10_000);
    end();
    load.window(900, clock.now() + 10_000);
    expect(calls).toBe(1);
  });
});
