import { onAbort } from '../../../../engine/util/flow/on-abort.ts';

test('everybody who waits for a signal is told once, with its reason', () => {
  const controller = new AbortController();
  const listeners = jest.spyOn(controller.signal, 'addEventListener');
  const told: unknown[] = [];
  onAbort(controller.signal, (reason) => told.push(['first', reason]));
  onAbort(controller.signal, (reason) => told.push(['second', reason]));
  const stop = onAbort(controller.signal, () => told.push('never'));
  stop();
  controller.abort('enough');
  expect(told).toEqual([
    ['first', 'enough'],
    ['second', 'enough'],
  ]);
  expect(listeners).toHaveBeenCalledTimes(1);
});

test('of a signal that is aborted already one is told at once', () => {
  const told: unknown[] = [];
  const stop = onAbort(AbortSignal.abort('over'), (reason) => told.push(reason));
  stop();
  expect(told).toEqual(['over']);
});
