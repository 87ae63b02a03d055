import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultAccessToken } from '../intercom-api/intercom-handlers.ts';
import { type IntercomApi, startIntercomApi } from '../intercom-api/server.ts';

export interface Sizes {
  readonly contacts: number;
  readonly conversations: number;
}

/** A workspace behind real HTTP, a folder for files, and the config that leads to it. */
export interface LivingWorkspace {
  readonly api: IntercomApi;
  readonly folder: string;
  readonly config: string;
  close(): Promise<void>;
}

export async function startWorkspace(sizes: Sizes | undefined): Promise<LivingWorkspace> {
  const api = await startIntercomApi({
    log: false,
    sizes: sizes ?? { contacts: 120, conversations: 30 },
    exportSeconds: 0,
  });
  const folder = await mkdtemp(join(tmpdir(), 'manifold-kills-'));
  const config = join(folder, 'config.json');
  const start_date = '2020-01-01T00:00:00Z';
  await writeFile(
    config,
    JSON.stringify({ access_token: defaultAccessToken, start_date, base_url: api.url }),
  );
  return {
    api,
    folder,
    config,
    async close() {
      await api.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
