import { ConsumerGoneError, createChannel } from '../../../../engine/util/flow/channel.ts';

test('hands out items in the order in which they were pushed', async () => {
  const channel = createChannel<number>(10);
  await channel.push(1);
  await channel.push(2);
  channel.end();
  const seen: number[] = [];
  for await (const item of channel) seen.push(item);
  expect(seen).toEqual([1, 2]);
});

test('a full channel makes its producer wait until the consumer takes something', async () => {
  const channel = createChannel<number>(1);
  await channel.push(1);
  let isThrough = false;
  const second = channel.push(2).then(() => {
    isThrough = true;
  });
  await Promise.resolve();
  expect(isThrough).toBe(false);
  const reader = channel[Symbol.asyncIterator]();
  await reader.next();
  await second;
  expect(isThrough).toBe(true);
});

test('a failure reaches the consumer after what was pushed before it', async () => {
  const channel = createChannel<number>(10);
  await channel.push(1);
  channel.fail(new Error('broken'));
  const reader = channel[Symbol.asyncIterator]();
  expect(await reader.next()).toEqual({ value: 1, done: false });
  await expect(reader.next()).rejects.toThrow('broken');
});

test('producers learn that the consumer has gone', async () => {
  const channel = createChannel<number>(1);
  await channel.push(1);
  for await (const _ of channel) break;
  await expect(channel.push(2)).rejects.toThrow(ConsumerGoneError);
});
