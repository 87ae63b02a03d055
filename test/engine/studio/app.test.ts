import { writeFile } from 'node:fs/promises';
import type { FileView, Outline } from '../../../engine/studio/messages.ts';
import {
  eventUntil,
  jsonOf,
  linesOf,
  manifestOf,
  openStudio,
  type Studio,
  secret,
  startApi,
} from './harness.ts';

let api: Awaited<ReturnType<typeof startApi>>;
const studios: Studio[] = [];
beforeAll(async () => {
  api = await startApi();
});
afterEach(async () => {
  await Promise.all(studios.splice(0).map((studio) => studio.close()));
});
afterAll(() => api.close());

async function open(config?: object): Promise<Studio> {
  const studio = await openStudio(manifestOf(api.url), config && { config });
  studios.push(studio);
  return studio;
}

const read = { stream: 'orders', pages: 2, slices: 1, records: 100 };

test('a session says what is open, and nothing of the config', async () => {
  const studio = await open({ token: secret });
  const text = await (await studio.ask('/api/session')).text();
  expect(JSON.parse(text)).toMatchObject({
    file: studio.file,
    testFile: studio.file.replace('.yaml', '.test.yaml'),
    isSimulated: false,
    isConfigEntered: false,
  });
  expect(text).not.toContain(secret);
});

test('a file is written over the version that was seen, and over no other', async () => {
  const studio = await open({ token: secret });
  const { text, version } = await jsonOf<FileView>(studio.ask('/api/file'));
  const put = (next: string, seen: string) =>
    studio.ask('/api/file', {
      method: 'PUT',
      body: JSON.stringify({ text: next, version: seen, path: '/etc/passwd' }),
    });
  // Whatever else is sent along names no other file.
  expect((await put(`${text}# one\n`, version)).status).toBe(200);
  expect(await studio.onDisk()).toBe(`${text}# one\n`);
  const refused = await put(`${text}# two\n`, version);
  expect(refused.status).toBe(412);
  expect((await jsonOf<FileView>(refused)).text).toBe(`${text}# one\n`);
  expect(await studio.onDisk()).toBe(`${text}# one\n`);
});

test('of two that write at once one is refused; what another program wrote is not written over', async () => {
  const studio = await open({ token: secret });
  const { text, version } = await jsonOf<FileView>(studio.ask('/api/file'));
  const put = (remark: string) =>
    studio.ask('/api/file', {
      method: 'PUT',
      body: JSON.stringify({ text: `${text}# ${remark}\n`, version }),
    });
  const both = await Promise.all([put('one'), put('two')]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  await writeFile(studio.file, `${text}# theirs\n`);
  expect((await put('three')).status).toBe(412);
  expect(await studio.onDisk()).toBe(`${text}# theirs\n`);
});

test('a change from outside is told', async () => {
  const studio = await open({ token: secret });
  const { text, version } = await jsonOf<FileView>(studio.ask('/api/file'));
  const event = await eventUntil(
    studio,
    ({ type }) => type === 'file',
    () => writeFile(studio.file, `# theirs\n${text}`),
  );
  expect(event).not.toMatchObject({ version });
});

test('a read comes message by message, without secrets; its exchanges can be asked for until it is forgotten', async () => {
  const studio = await open({ token: secret });
  const messages = [];
  let all = '';
  for await (const message of linesOf(
    await studio.post('/api/read', { text: manifestOf(api.url), ...read }),
  )) {
    messages.push(message);
    all += JSON.stringify(message);
  }
  expect(messages[0]).toEqual({ type: 'begin', id: '1' });
  expect(messages.at(-1)).toMatchObject({
    type: 'end',
    isCancelled: false,
    cutBy: 'pages',
    primaryKey: ['id'],
  });
  expect(messages.filter(({ type }) => type === 'page').length).toBeGreaterThanOrEqual(2);
  const exchange = await (await studio.ask('/api/reads/1/exchanges/0')).text();
  expect(JSON.parse(exchange)).toMatchObject({ method: 'GET', status: 200 });
  expect(JSON.parse(exchange).curl).toContain('$TOKEN');
  expect(all + exchange).not.toContain(secret);
  for (const path of ['/api/reads/1/exchanges/9', '/api/reads/2/exchanges/0', '/api/reads/x/exchanges/0'])
    expect((await studio.ask(path)).status).toBe(404);
});

test('who stops listening to a read stops its requests', async () => {
  const studio = await open({ token: secret });
  const stop = new AbortController();
  const response = await studio.post(
    '/api/read',
    { text: manifestOf(api.url), ...read, pages: 1_000_000, records: 1_000_000 },
    { signal: stop.signal },
  );
  for await (const message of linesOf(response)) if (message.type === 'records') break;
  stop.abort();
  let before = -1;
  // Pages that never end would be asked for for ever.
  for (let look = 0; look < 100 && before !== api.asked.length; look++) {
    before = api.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(api.asked.length).toBe(before);
});

test.each([
  ['/api/read', {}],
  ['/api/read', { text: 'a: 1', ...read, pages: 0 }],
  ['/api/read', { text: 'a: 1', ...read, state: 'x' }],
  ['/api/outline', { text: 1 }],
  ['/api/tests', {}],
  ['/api/add-stream', { text: 'a: 1', like: 'a', name: '../x', path: '/x' }],
])('%s says what is wrong with %j', async (path, body) => {
  const studio = await open({ token: secret });
  const answer = await studio.post(path, body);
  expect(answer.status).toBe(400);
  expect(typeof (await jsonOf<{ error: unknown }>(answer)).error).toBe('string');
});

test('a text that is no manifest has no streams, and says why; a read of it fails in words', async () => {
  const studio = await open({ token: secret });
  expect(await (await studio.post('/api/outline', { text: 'streams: [' })).json()).toMatchObject({
    streams: [],
    problem: expect.stringContaining('shop.yaml:1'),
  });
  const messages = [];
  for await (const message of linesOf(await studio.post('/api/read', { text: 'streams: [', ...read })))
    messages.push(message);
  expect(messages).toEqual([{ type: 'failed', message: expect.stringContaining('shop.yaml:1') }]);
});

test('a config that is entered is used, and never told again', async () => {
  const studio = await open();
  const needs = async () =>
    (await jsonOf<Outline>(studio.post('/api/outline', { text: manifestOf(api.url) }))).needs;
  expect(await needs()).toEqual(['token']);
  const put = (body: object) => studio.ask('/api/config', { method: 'PUT', body: JSON.stringify(body) });
  const session = await put({ values: { token: secret }, keep: [] });
  expect(await session.json()).toMatchObject({ isConfigEntered: true });
  expect(await needs()).toEqual([]);
  const form = async () => (await studio.post('/api/config-form', { text: manifestOf(api.url) })).json();
  expect(await form()).toMatchObject({ values: {}, given: ['/token'] });
  await put({ values: {}, keep: ['/token'] });
  expect(await form()).toMatchObject({ given: ['/token'] });
  await put({ values: {}, keep: [] });
  expect(await form()).toMatchObject({ given: [] });
});

test('a config of a file is not written over from the page', async () => {
  const studio = await open({ token: secret });
  const answer = await studio.ask('/api/config', {
    method: 'PUT',
    body: JSON.stringify({ values: {}, keep: [] }),
  });
  expect(answer.status).toBe(422);
  expect((await jsonOf<{ error: unknown }>(answer)).error).toContain('config.json');
});
