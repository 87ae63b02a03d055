import { afterAbort } from '../../../../engine/util/flow/after-abort.ts';

const ended = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

test.each(['before', 'after'])(
  'aborts some time later than another one that aborts %s it was asked',
  async (when) => {
    const first = new AbortController();
    if (when === 'before') first.abort(new Error('told to stop'));
    const late = afterAbort(first.signal, 1);
    if (when === 'after') first.abort(new Error('told to stop'));
    expect(late.aborted).toBe(false);
    // The timer alone keeps nothing alive.
    const alive = setInterval(() => {}, 1000);
    await ended(late);
    clearInterval(alive);
    expect(late.reason).toMatchObject({ message: 'told to stop' });
  },
);

test('never aborts without another one', () => {
  expect(afterAbort(undefined, 0).aborted).toBe(false);
});
