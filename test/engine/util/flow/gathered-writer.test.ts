import { createGatheredWriter } from '../../../../engine/util/flow/gathered-writer.ts';

function setUp() {
  const taken: string[] = [];
  const timers: (() => void)[] = [];
  const writer = createGatheredWriter({
    take: async (bytes) => void taken.push(Buffer.from(bytes).toString()),
    later: (run) => void timers.push(run),
  });
  return { writer, taken, timers };
}

test('small texts wait for each other and keep their order', async () => {
  const { writer, taken, timers } = setUp();
  await writer.write('a\n');
  await writer.write('b\n');
  expect(taken).toEqual([]);
  expect(timers).toHaveLength(1);
  timers[0]?.();
  expect(taken).toEqual(['a\nb\n']);
});

test('a text that fills a pipe goes out at once, after those before it', async () => {
  const { writer, taken } = setUp();
  const page = `${'x'.repeat(70_000)}\n`;
  await writer.write('a\n');
  await writer.write(page);
  expect(taken).toEqual([`a\n${page}`]);
});

test('a slow reader makes the writer wait', async () => {
  let release: () => void = () => {};
  const taken = new Promise<void>((resolve) => {
    release = resolve;
  });
  const writer = createGatheredWriter({ take: () => taken, later: () => {} });
  let hasRoom = false;
  const written = writer.write('x'.repeat(70_000)).then(() => {
    hasRoom = true;
  });
  await Promise.resolve();
  expect(hasRoom).toBe(false);
  release();
  await written;
  expect(hasRoom).toBe(true);
});

test('flush hands on what is here, and nothing when there is nothing', async () => {
  const { writer, taken, timers } = setUp();
  await writer.flush();
  await writer.write('a\n');
  await writer.flush();
  timers[0]?.();
  expect(taken).toEqual(['a\n']);
});

test('after a flush by time, the next text is waited for anew', async () => {
  const { writer, taken, timers } = setUp();
  await writer.write('a\n');
  timers.shift()?.();
  await writer.write('b\n');
  timers.shift()?.();
  expect(taken).toEqual(['a\n', 'b\n']);
});

test('bytes keep their place among texts', async () => {
  const { writer, taken } = setUp();
  await writer.write('a\n');
  await writer.write(Buffer.from('é\n'));
  await writer.write('b\n');
  await writer.flush();
  expect(taken).toEqual(['a\né\nb\n']);
});

test('many bytes are handed on as they are, after what came before them', async () => {
  const { writer, taken } = setUp();
  const page = Buffer.alloc(70_000, 'x');
  await writer.write('a\n');
  await writer.write(page);
  await writer.write('b\n');
  await writer.flush();
  expect(taken).toEqual(['a\n', page.toString(), 'b\n']);
});

test('few bytes may be changed by whoever gave them, while they wait', async () => {
  const { writer, taken } = setUp();
  const bytes = Buffer.from('a\n');
  await writer.write(bytes);
  bytes.fill('!');
  await writer.flush();
  expect(taken).toEqual(['a\n']);
});
