import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultAccessToken } from '../intercom-api/intercom.ts';
import { type IntercomApi, startIntercomApi } from '../intercom-api/server.ts';

export interface Sizes {
  readonly contacts: number;
  readonly conversations: number;
  /** How far back it is read; a search asks for each month. All that there is by default. */
  readonly months?: number;
}

/** A workspace behind real HTTP, a folder for files, and the config that leads to it. */
export interface LivingWorkspace {
  readonly api: IntercomApi;
  readonly folder: string;
  readonly config: string;
  /** How many requests have come so far. */
  asked(): number;
  /** Resolves with the request of this number, or at once when it has come. */
  whenAsked(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startWorkspace(
  { contacts, conversations, months = 120 }: Sizes = { contacts: 120, conversations: 30 },
): Promise<LivingWorkspace> {
  let asked = 0;
  const waiting = new Set<{ readonly count: number; readonly tell: () => void }>();
  const api = await startIntercomApi({
    log: false,
    onRequest() {
      asked += 1;
      for (const each of waiting) if (each.count <= asked && waiting.delete(each)) each.tell();
    },
    sizes: { contacts, conversations },
    exportSeconds: 0,
  });
  const folder = await mkdtemp(join(tmpdir(), 'manifold-kills-'));
  const config = join(folder, 'config.json');
  const start = new Date();
  start.setUTCMonth(start.getUTCMonth() - months, 1);
  const start_date = `${start.toISOString().slice(0, 10)}T00:00:00Z`;
  await writeFile(
    config,
    JSON.stringify({ access_token: defaultAccessToken, start_date, base_url: api.url }),
  );
  return {
    api,
    folder,
    config,
    asked: () => asked,
    whenAsked: (count) =>
      count <= asked ? Promise.resolve() : new Promise<void>((tell) => void waiting.add({ count, tell })),
    async close() {
      await api.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Milliseconds. What a request leads to is done by then. */
const whileAnswered = 30;

/** Some moment of a run that makes so many requests: before the first of them, or around one. */
export function randomMoment(
  workspace: LivingWorkspace,
  requests: number,
): { readonly when: Promise<void>; readonly after: number } {
  const nth = Math.floor(Math.random() * (requests + 1));
  const [when, longest] =
    nth === 0
      ? [Promise.resolve(), 10 * whileAnswered]
      : [workspace.whenAsked(workspace.asked() + nth), whileAnswered];
  return { when, after: Math.random() * longest };
}
