import { createSharedWork, workIn } from '../../../../engine/commands/test/shared-work.ts';

test('each piece is taken once, whoever takes it', () => {
  const own = createSharedWork(4, 1);
  const theirs = workIn(own.memory, 4);
  expect([own.take(), theirs.take(), theirs.take(), own.take(), own.take(), theirs.take()]).toEqual([
    0,
    1,
    2,
    3,
    undefined,
    undefined,
  ]);
});

test('a thread that takes part is waited for', () => {
  const work = createSharedWork(4, 2);
  expect(workIn(work.memory, 4).join(1)).toBe(true);
  expect([work.hasJoined(0), work.hasJoined(1)]).toEqual([false, true]);
});

test('a thread that was not waited for can take part no more', () => {
  const work = createSharedWork(4, 1);
  expect(work.hasJoined(0)).toBe(false);
  expect(workIn(work.memory, 4).join(0)).toBe(false);
});

test.each([true, false])('what one thread has found out, the others are told: %p', (isSound) => {
  const work = createSharedWork(4, 1);
  work.tellSound(isSound);
  expect(workIn(work.memory, 4).isSound()).toBe(isSound);
});
