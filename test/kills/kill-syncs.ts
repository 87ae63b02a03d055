import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { defaultAccessToken } from '../intercom-api/intercom-handlers.ts';
import { liveOn } from '../intercom-api/live-on.ts';
import { startIntercomApi } from '../intercom-api/server.ts';

export interface KillOptions {
  /** dist/bin/manifold.js */
  readonly manifold: string;
  readonly to: string;
  /** How many syncs are killed. */
  readonly times: number;
  readonly sizes?: { readonly contacts: number; readonly conversations: number };
  /** The ids in the table of a stream, and what tells versions of its rows apart. */
  readonly rows: (stream: string) => Promise<readonly Row[]>;
  readonly say?: (text: string) => void;
}

export interface Row {
  readonly key: string;
  readonly version: string;
}

/** Merged, replaced, and of several key parts; with the fields of their keys and versions. */
export const killedStreams: Readonly<
  Record<string, { readonly key: readonly string[]; readonly version: string }>
> = {
  contacts: { key: ['id'], version: 'updated_at' },
  companies: { key: ['id'], version: 'updated_at' },
  conversations: { key: ['id'], version: 'updated_at' },
  conversation_parts: { key: ['id'], version: 'updated_at' },
  tags: { key: ['id'], version: 'name' },
  contact_tags: { key: ['contact_id', 'id'], version: 'contact_updated_at' },
};

/**
 * Kills syncs at random moments while the workspace lives on, lets one come to its end, and compares the tables with what
 * a first sync of the same workspace reads. The result names each stream whose rows differ.
 */
export async function killSyncs({
  manifold,
  to,
  times,
  sizes,
  rows,
  say,
}: KillOptions): Promise<readonly string[]> {
  const api = await startIntercomApi({
    log: false,
    sizes: sizes ?? { contacts: 120, conversations: 30 },
    exportSeconds: 0,
  });
  const folder = await mkdtemp(join(tmpdir(), 'manifold-kills-'));
  const config = join(folder, 'config.json');
  await writeFile(
    config,
    JSON.stringify({
      access_token: defaultAccessToken,
      start_date: '2020-01-01T00:00:00Z',
      base_url: api.url,
    }),
  );
  const streams = Object.keys(killedStreams).join(',');

  /** Milliseconds that it took, and whether it was killed after so many. */
  async function sync(
    place: string,
    flags: readonly string[],
    killAfter?: number,
  ): Promise<[number, boolean]> {
    const startedAt = performance.now();
    const argv = [manifold, 'sync', '--config', config, '--to', place, '--streams', streams, ...flags];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const ended = new Promise<string | number | null>((resolve) =>
      child.once('exit', (code, signal) => resolve(signal ?? code)),
    );
    const stop = new AbortController();
    if (killAfter !== undefined)
      void wait(killAfter, undefined, { signal: stop.signal }).then(
        () => child.kill('SIGKILL'),
        () => {},
      );
    const how = await ended;
    stop.abort();
    if (how !== 'SIGKILL' && how !== 0) throw new Error(`The sync ended with ${how}:\n${said}`);
    return [performance.now() - startedAt, how === 'SIGKILL'];
  }

  try {
    const [whole] = await sync(to, ['--commit-every', '0.2']);
    let killed = 0;
    for (let round = 1; killed < times; round += 1) {
      liveOn(api.workspace, round);
      const flags = ['--commit-every', '0.2', ...(Math.random() < 0.5 ? ['--full-refresh'] : [])];
      const [, wasKilled] = await sync(to, flags, 100 + Math.random() * whole);
      if (wasKilled) killed += 1;
      say?.(`round ${round}: ${killed} killed\n`);
    }
    liveOn(api.workspace, 1_000_000);
    await sync(to, []);
    const fresh = join(folder, 'fresh');
    await sync(fresh, []);
    const differing: string[] = [];
    for (const [stream, { key, version }] of Object.entries(killedStreams)) {
      const lines = (await readFile(join(fresh, `${stream}.jsonl`), 'utf8')).trimEnd().split('\n');
      const expected = lines.map((line) => {
        const record = JSON.parse(line);
        return `${key.map((field) => record[field]).join('/')} ${record[version]}`;
      });
      const found = (await rows(stream)).map((row) => `${row.key} ${row.version}`);
      const [a, b] = [[...new Set(expected)].sort(), found.sort()];
      say?.(`${stream}: ${a.length} expected, ${b.length} found\n`);
      if (JSON.stringify(a) !== JSON.stringify(b)) differing.push(stream);
    }
    return differing;
  } finally {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The query for `rows`. */
export function rowsQuery(stream: string): string {
  const { key, version } = killedStreams[stream] as { key: readonly string[]; version: string };
  return `SELECT ${key.map((field) => `CAST(${field} AS VARCHAR)`).join(" || '/' || ")} AS key, CAST(${version} AS VARCHAR) AS version FROM ${stream}`;
}
