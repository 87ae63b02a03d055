/**
 * The bare loop: the least that the same work costs without an engine. undici, JSON.parse, JSON.stringify, write; no
 * configuration, no errors, no states. Takes the flags of `read`; the config says which workload and how many at once.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Agent } from 'undici';
import type { BenchConfig, Floor } from './workloads.ts';

const { values } = parseArgs({
  args: process.argv.slice(3),
  strict: false,
  options: { config: { type: 'string' } },
});
const config = JSON.parse(readFileSync(String(values.config), 'utf8')) as BenchConfig;
const base = new URL(config.base_url);
const agent = new Agent();

type Json = Readonly<Record<string, unknown>>;

async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<Json> {
  const { body: answer } = await agent.request({
    origin: base.origin,
    path: base.pathname + path,
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return JSON.parse(await answer.text()) as Json;
}

async function write(records: readonly unknown[]): Promise<void> {
  const now = Date.now();
  let lines = '';
  for (const data of records)
    lines += `${JSON.stringify({ type: 'RECORD', record: { stream: 'contacts', data, emitted_at: now } })}\n`;
  if (!process.stdout.write(lines)) await once(process.stdout, 'drain');
}

async function* search(path: string, field: string): AsyncGenerator<readonly Json[]> {
  let after: unknown;
  do {
    const page = await ask('POST', path, {
      query: { operator: 'AND', value: [{ field: 'updated_at', operator: '>', value: 0 }] },
      pagination: { per_page: 150, starting_after: after },
    });
    yield page[field] as readonly Json[];
    const { next } = page['pages'] as { readonly next: { readonly starting_after: string } | null };
    after = next?.starting_after;
  } while (after !== undefined);
}

/** Does the work for each item, as many at once as the config says. */
async function forEachOf(pages: AsyncIterable<readonly Json[]>, work: (item: Json) => Promise<void>) {
  const open = new Set<Promise<void>>();
  for await (const page of pages) {
    for (const item of page) {
      const running = work(item).finally(() => open.delete(running));
      open.add(running);
      if (open.size >= config.concurrency) await Promise.race(open);
    }
  }
  await Promise.all(open);
}

const loops: Readonly<Record<Floor, () => Promise<void>>> = {
  async pages() {
    for (let cursor: unknown = 0; cursor !== null; ) {
      const page = await ask('GET', `/contacts?cursor=${cursor}`);
      await write(page['data'] as readonly Json[]);
      cursor = page['next'];
    }
  },
  async contacts() {
    for await (const records of search('/contacts/search', 'data')) await write(records);
  },
  async companies() {
    for (let scroll = '0'; ; ) {
      const page = await ask('GET', `/companies/scroll?scroll_param=${scroll}`);
      const records = page['data'] as readonly Json[];
      if (records.length === 0) return;
      await write(records);
      scroll = String(page['scroll_param']);
    }
  },
  async children() {
    const { data } = await ask('GET', '/parents');
    await forEachOf(pagesOf(data as readonly Json[]), async ({ id }) => {
      const { data: records } = await ask('GET', `/parents/${id}/contacts`);
      await write(records as readonly Json[]);
    });
  },
  async parts() {
    await forEachOf(search('/conversations/search', 'conversations'), async ({ id }) => {
      const { conversation_parts: list } = await ask('GET', `/conversations/${id}`);
      await write((list as { readonly conversation_parts: readonly Json[] }).conversation_parts);
    });
  },
  async lines() {
    const { body } = await agent.request({
      origin: base.origin,
      path: `${base.pathname}/contacts.jsonl`,
      method: 'GET',
    });
    let rest = '';
    for await (const chunk of body.setEncoding('utf8')) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      await write(lines.map((line) => JSON.parse(line)));
    }
  },
};

async function* pagesOf(items: readonly Json[]) {
  yield items;
}

await loops[config.workload]();
await agent.close();
