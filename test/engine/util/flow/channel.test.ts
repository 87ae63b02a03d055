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

test('tells once that its consumer has had the last item, wants no more, or was told of a failure', async () => {
  const closed: string[] = [];
  const read = async (channel: AsyncIterable<number>, most = Number.POSITIVE_INFINITY) => {
    const items: number[] = [];
    for await (const item of channel) if (items.push(item) === most) break;
    return items;
  };

  const ended = createChannel<number>(2, () => closed.push('ended'));
  await ended.push(1);
  ended.end();
  expect(await read(ended)).toEqual([1]);

  const left = createChannel<number>(2, () => closed.push('left'));
  await left.push(1);
  await left.push(2);
  expect(await read(left, 1)).toEqual([1]);
  await expect(left.push(3)).rejects.toThrow(ConsumerGoneError);
  left.end();

  const failed = createChannel<number>(2, () => closed.push('failed'));
  await failed.push(1);
  failed.fail(new Error('broken'));
  await expect(read(failed)).rejects.toThrow('broken');

  expect(closed).toEqual(['ended', 'left', 'failed']);
});
