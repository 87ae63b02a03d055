import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DestinationOptions } from '../../../../engine/destinations/destination.ts';
import { openJsonLines } from '../../../../engine/destinations/folder/json-lines.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'output-'));
});
afterEach(() => rm(folder, { recursive: true }));

const log = () => {};
const appends = { schema: {}, key: undefined, mode: 'merge' } as const;
const replaces = { schema: {}, key: undefined, mode: 'replace' } as const;
const identity = { connector: 'shop', config: 'a1b2', start: { start_date: '2024-01-01' } };
const visible = async () => (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
const text = (name: string) => readFile(join(folder, name), 'utf8');

test('appends to streams with a cursor, and knows their states next time', async () => {
  for (const id of [1, 2]) {
    const output = await openJsonLines(folder, { identity, log });
    await output.open('users', appends);
    await output.write('users', [{ id }]);
    await output.checkpoint('users', { updated_at: id });
    await output.complete('users');
    await output.close();
  }
  expect(await text('users.jsonl')).toBe('{"id":1}\n{"id":2}\n');
  const again = await openJsonLines(folder, { identity, log });
  expect(again.states.get('users')).toEqual({ updated_at: 2 });
  await again.close();
});

test('replaces the others only when they are complete', async () => {
  await writeFile(join(folder, 'tags.jsonl'), 'old\n');
  const broken = await openJsonLines(folder, { identity, log });
  await broken.open('tags', replaces);
  await broken.write('tags', [{ id: 1 }]);
  await broken.close();
  expect(await text('tags.jsonl')).toBe('old\n');
  const whole = await openJsonLines(folder, { identity, log });
  await whole.open('tags', replaces);
  await whole.write('tags', [{ id: 1 }]);
  await whole.complete('tags');
  await whole.close();
  expect(await text('tags.jsonl')).toBe('{"id":1}\n');
  expect(await visible()).toEqual(['tags.jsonl']);
});

test('an unreadable state file is named, and what to do with it', async () => {
  await writeFile(join(folder, 'state.json'), '{');
  await expect(openJsonLines(folder, { identity, log })).rejects.toThrow(
    'Fix it, or remove it to start from the beginning.',
  );
});

test('half a line that a killed run left is dropped, where a state does not say how much it covers', async () => {
  const long = JSON.stringify({ id: 2, text: 'x'.repeat(100_000) });
  const stream = { stream_descriptor: { name: 'users' }, stream_state: { updated_at: 1 } };
  await writeFile(join(folder, 'state.json'), JSON.stringify([{ type: 'STREAM', stream }]));
  for (const left of ['{"id":1}\n{"id":', `{"id":1}\n${long}`, '{"id":1}\n']) {
    await writeFile(join(folder, 'users.jsonl'), left);
    const output = await openJsonLines(folder, { identity, log });
    await output.open('users', appends);
    await output.write('users', [{ id: 3 }]);
    await output.close();
    expect(await text('users.jsonl')).toBe('{"id":1}\n{"id":3}\n');
  }
});

test('records that no state covers are written anew: all of them come again', async () => {
  await writeFile(join(folder, 'users.jsonl'), '{"id":1}\n{"id":');
  const output = await openJsonLines(folder, { identity, log });
  await output.open('users', appends);
  await output.write('users', [{ id: 1 }]);
  await output.close();
  expect(await text('users.jsonl')).toBe('{"id":1}\n');
});

test('a full refresh that ends early leaves the records of before with their state, and no part of the new ones', async () => {
  await syncOnce({ identity }, 1, 2);
  const state = await text('state.json');
  const early = await openJsonLines(folder, { identity, log, fullRefresh: true });
  expect(early.states.size).toBe(0);
  await early.open('users', appends);
  await early.write('users', [{ id: 3 }]);
  await early.checkpoint('users', { updated_at: 3 });
  // As a reader would find it, or the sync after a kill.
  expect([await text('users.jsonl'), await text('state.json')]).toEqual(['{"id":1}\n{"id":2}\n', state]);
  await early.close();
  expect(await visible()).toEqual(['state.json', 'users.jsonl']);
  expect(await syncOnce({ identity }, 4)).toEqual([]);
  expect(await text('users.jsonl')).toBe('{"id":1}\n{"id":2}\n{"id":4}\n');
});

test('a full refresh of some streams leaves the states of the others', async () => {
  const first = await openJsonLines(folder, { identity, log });
  for (const stream of ['users', 'plans']) {
    await first.open(stream, appends);
    await first.write(stream, [{ id: 1 }]);
    await first.checkpoint(stream, { of: stream });
    await first.complete(stream);
  }
  await first.close();
  await syncOnce({ identity, fullRefresh: true }, 7);
  const again = await openJsonLines(folder, { identity, log });
  expect([...again.states].sort()).toEqual([
    ['plans', { of: 'plans' }],
    ['users', { updated_at: 7 }],
  ]);
  await again.close();
});

test('from another start on, no state of before is left when the sync is killed', async () => {
  await syncOnce({ identity }, 1);
  const moved = { ...identity, start: { start_date: '2020-01-01' } };
  const killed = await openJsonLines(folder, { identity: moved, log });
  await killed.open('users', appends);
  expect(JSON.parse(await text('state.json'))).toEqual([]);
  expect(await text('users.jsonl')).toBe('{"id":1}\n');
  await killed.close();
  expect(await syncOnce({ identity: moved }, 0, 1)).toEqual([]);
  expect(await text('users.jsonl')).toBe('{"id":0}\n{"id":1}\n');
});

test('a file where the folder should be is named', async () => {
  await writeFile(join(folder, 'taken'), '');
  await expect(openJsonLines(join(folder, 'taken'), { identity, log })).rejects.toThrow(
    /taken cannot be written to: there is a file/,
  );
});

test('what cannot be written is named, and why', async () => {
  await mkdir(join(folder, 'users.jsonl'));
  const output = await openJsonLines(folder, { identity, log });
  await expect(output.open('users', appends)).rejects.toThrow(
    /users\.jsonl cannot be written to: there is a folder of that name\.$/,
  );
  await output.close();
});

test('no state is kept of records whose file was removed meanwhile', async () => {
  const output = await openJsonLines(folder, { identity, log });
  await output.open('users', appends);
  await output.open('tags', appends);
  await output.write('users', [{ id: 1 }]);
  await rm(join(folder, 'users.jsonl'));
  const message = /users\.jsonl was removed while it was written to\./;
  await expect(output.checkpoint('users', { updated_at: 1 })).rejects.toThrow(message);
  await expect(output.checkpoint('tags', { updated_at: 1 })).rejects.toThrow(message);
  await expect(output.complete('users')).rejects.toThrow(message);
  await output.close();
  expect(await visible()).toEqual(['tags.jsonl']);
});

test('streams have files of their own on every system', async () => {
  const output = await openJsonLines(folder, { identity, log });
  for (const stream of ['a/b', 'nul', 'tab\tbed']) await output.open(stream, appends);
  await expect(output.open('A:b', appends)).rejects.toThrow(
    'The streams "a/b" and "A:b" would both be written to A_b.jsonl.',
  );
  await output.close();
  expect(await visible()).toEqual(['a_b.jsonl', 'nul_.jsonl', 'tab_bed.jsonl']);
});

async function syncOnce(
  options: Omit<DestinationOptions, 'log'>,
  ...ids: number[]
): Promise<readonly string[]> {
  const output = await openJsonLines(folder, { ...options, log });
  await output.open('users', appends);
  for (const id of ids) {
    await output.write('users', [{ id }]);
    await output.checkpoint('users', { updated_at: id });
  }
  await output.complete('users');
  await output.close();
  return output.startsOver;
}

test.each<[what: string, change: (text: string) => string, warns: string, then: string]>([
  [
    'has lines of another length',
    (text) => text.replace('"a"', '"aaa"'),
    'not as the last sync left it',
    '{"id":"aaa"}\n{"id":"b"}\n{"id":"c"}\n',
  ],
  [
    'has lost half of a line',
    (text) => text.slice(0, -4),
    'shorter than the last sync left it',
    '{"id":"a"}\n{"id":"c"}\n',
  ],
  [
    'has a line more, which is cut off',
    (text) => `${text}{"id":"x"}\n`,
    '',
    '{"id":"a"}\n{"id":"b"}\n{"id":"c"}\n',
  ],
])('no line is torn of a file that somebody has changed: it %s', async (_, change, warns, then) => {
  const logs: string[] = [];
  async function sync(...ids: string[]) {
    const output = await openJsonLines(folder, {
      identity,
      log: (_level, message) => void logs.push(message),
    });
    await output.open('users', appends);
    for (const id of ids) await output.write('users', [{ id }]);
    await output.checkpoint('users', { at: ids.at(-1) });
    await output.complete('users');
    await output.close();
  }
  await sync('a', 'b');
  await writeFile(join(folder, 'users.jsonl'), change(await text('users.jsonl')));
  await sync('c');
  expect(await text('users.jsonl')).toBe(then);
  expect(logs.join()).toContain(warns);
  expect(logs).toHaveLength(warns === '' ? 0 : 1);
});

test('a stream whose file was emptied is read from the beginning, as one whose file is gone', async () => {
  const output = await openJsonLines(folder, { identity, log });
  await output.open('users', appends);
  await output.write('users', [{ id: 1 }]);
  await output.checkpoint('users', { at: 1 });
  await output.close();
  await writeFile(join(folder, 'users.jsonl'), '');
  const again = await openJsonLines(folder, { identity, log });
  expect(again.states.size).toBe(0);
  await again.close();
});

test('records that no state covers are cut off, so that none comes twice', async () => {
  await syncOnce({ identity }, 1);
  // A killed sync has written on, up to the middle of a record.
  await appendFile(join(folder, 'users.jsonl'), '{"id":2}\n{"id":');
  await syncOnce({ identity }, 2);
  expect(await text('users.jsonl')).toBe('{"id":1}\n{"id":2}\n');
});

test('a stream whose file was removed is read from the beginning', async () => {
  await syncOnce({ identity }, 1);
  await rm(join(folder, 'users.jsonl'));
  const output = await openJsonLines(folder, { identity, log });
  expect(output.states.has('users')).toBe(false);
  await output.close();
});

test('the folder of another connection is refused, with the way out', async () => {
  await syncOnce({ identity }, 1);
  const other = { ...identity, config: 'c3d4' };
  await expect(openJsonLines(folder, { log, identity: other })).rejects.toThrow(
    `${folder} holds what was read by the connector "shop" with another config. Give --to another folder, or remove ${folder} if its records are no longer needed.`,
  );
  await expect(openJsonLines(folder, { log, identity: { ...identity, connector: 'bank' } })).rejects.toThrow(
    'holds what was read by the connector "shop".',
  );
  expect(await syncOnce({ identity }, 2)).toEqual([]);
  expect(await text('users.jsonl')).toBe('{"id":1}\n{"id":2}\n');
});

test('a start date that has moved, or --full-refresh, reads everything again', async () => {
  await syncOnce({ identity }, 1);
  const moved = { ...identity, start: { start_date: '2020-01-01' } };
  expect(await syncOnce({ identity: moved }, 0, 1)).toEqual([
    'Every stream is read from the beginning, since "start_date" has changed from "2024-01-01" to "2020-01-01".',
  ]);
  expect(await text('users.jsonl')).toBe('{"id":0}\n{"id":1}\n');
  expect(await syncOnce({ identity: moved, fullRefresh: true }, 5)).toEqual([
    'Every stream is read from the beginning, as --full-refresh asks.',
  ]);
  expect(await text('users.jsonl')).toBe('{"id":5}\n');
});

test('one sync at a time writes to a folder; the lock of a process that is gone is taken over', async () => {
  const first = await openJsonLines(folder, { identity, log });
  await expect(openJsonLines(folder, { identity, log })).rejects.toThrow(
    `Another sync (process ${process.pid}) is writing to ${folder}.`,
  );
  await first.close();
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  await writeFile(join(folder, '.lock'), JSON.stringify({ pid: gone, host: hostname() }));
  // Of many that find it at once, one takes it over.
  const opened = await Promise.allSettled([1, 2, 3, 4].map(() => openJsonLines(folder, { identity, log })));
  expect(opened.map(({ status }) => status).sort()).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
  ]);
  for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
  expect(await readdir(folder)).toEqual([]);
});
