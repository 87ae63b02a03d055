import { createSemaphore } from '../../../../engine/util/flow/semaphore.ts';

test('lets in as many as it has places, and the others in order', async () => {
  const semaphore = createSemaphore(1);
  const order: string[] = [];
  const leave = await semaphore.acquire();
  const second = semaphore.acquire().then((release) => {
    order.push('second');
    return release;
  });
  const third = semaphore.acquire().then((release) => {
    order.push('third');
    return release;
  });
  expect(order).toEqual([]);
  leave();
  (await second)();
  (await third)();
  expect(order).toEqual(['second', 'third']);
});

test('giving a place back twice frees it once', async () => {
  const semaphore = createSemaphore(1);
  const leave = await semaphore.acquire();
  leave();
  leave();
  await semaphore.acquire();
  let isIn = false;
  void semaphore.acquire().then(() => {
    isIn = true;
  });
  await Promise.resolve();
  expect(isIn).toBe(false);
});

test('gets more places, or fewer once they are given back', async () => {
  const semaphore = createSemaphore(1);
  const leaves: (() => void)[] = [];
  const enter = () => void semaphore.acquire().then((leave) => void leaves.push(leave));
  for (let i = 0; i < 5; i++) enter();
  await new Promise(setImmediate);
  expect(leaves).toHaveLength(1);
  semaphore.resize(3);
  await new Promise(setImmediate);
  expect(leaves).toHaveLength(3);
  semaphore.resize(1);
  for (const leave of leaves.slice(0, 2)) leave();
  await new Promise(setImmediate);
  expect(leaves).toHaveLength(3);
  leaves[2]?.();
  await new Promise(setImmediate);
  expect(leaves).toHaveLength(4);
});
