import { createReusedMemory } from '../../../../engine/util/bytes/reused-memory.ts';

const size = 100_000;

test('memory that was given back is used again, where it is large enough', () => {
  const memory = createReusedMemory();
  const first = memory.room(size);
  const second = memory.room(size);
  expect(second.buffer).not.toBe(first.buffer);
  memory.giveBack(first);
  expect(memory.room(10 * size).buffer).not.toBe(first.buffer);
  const again = memory.room(size + 1);
  expect([again.length, again.buffer]).toEqual([size + 1, first.buffer]);
  expect(memory.room(size).buffer).not.toBe(first.buffer);
});

test('what is given back twice is handed out once', () => {
  const memory = createReusedMemory();
  const bytes = memory.room(size);
  memory.giveBack(bytes);
  memory.giveBack(bytes);
  expect(memory.room(size).buffer).toBe(bytes.buffer);
  expect(memory.room(size).buffer).not.toBe(bytes.buffer);
});

test('only a few are kept', () => {
  const memory = createReusedMemory();
  const given = Array.from({ length: 10 }, () => memory.room(size));
  for (const bytes of given) memory.giveBack(bytes);
  const known = new Set(given.map(({ buffer }) => buffer));
  const reused = Array.from({ length: 10 }, () => known.has(memory.room(size).buffer));
  expect(reused.filter(Boolean)).toHaveLength(4);
});

test('small memory is not kept', () => {
  const memory = createReusedMemory();
  const bytes = memory.room(100);
  expect(bytes).toHaveLength(100);
  memory.giveBack(bytes);
  expect(memory.room(100).byteOffset).not.toBe(bytes.byteOffset);
});
