import { createUnpackedGuard } from '../../../../engine/util/bytes/unpacked-limit.ts';

async function* chunks(...sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const zeros = new Uint8Array(Math.max(...sizes));
  for (const size of sizes) yield zeros.subarray(0, size);
}

async function unfold(packed: readonly number[], unpacked: readonly number[]): Promise<number> {
  const guard = createUnpackedGuard();
  for await (const _chunk of guard.packed(chunks(...packed)));
  let count = 0;
  for await (const _chunk of guard.unpacked(chunks(...unpacked))) count++;
  return count;
}

const megabyte = 1024 * 1024;

test('a little data may be packed as tightly as can be', async () => {
  expect(await unfold([10], [60 * megabyte])).toBe(1);
});

test('much data is never packed a thousandfold', async () => {
  await expect(unfold([megabyte], [200 * megabyte, 100 * megabyte])).rejects.toThrow(
    '1048576 bytes unfold to more than 250 MB',
  );
  expect(await unfold([megabyte, megabyte], [200 * megabyte, 100 * megabyte])).toBe(2);
});
