import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { ConnectorError } from '../error/connector-error.ts';
import { writing } from './writing.ts';

interface Holder {
  readonly pid: number;
  readonly host: string;
}

/**
 * Keeps a destination for one sync at a time, by a file at `path`; the result gives it back. The lock of a process that is
 * gone is taken over. Throws ConnectorError (config_error) while another sync writes to `what`.
 */
export async function lockFile(path: string, what: string): Promise<() => Promise<void>> {
  for (;;) {
    if (await create(path)) return () => rm(path, { force: true });
    const holder = await readHolder(path);
    if (holder !== undefined && isRunning(holder)) {
      const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
      throw new ConnectorError(
        `Another sync (process ${holder.pid}${where}) is writing to ${what}. Wait until it has ended, write somewhere else with --to, or remove ${path} if you know that it has gone.`,
        { kind: 'config_error' },
      );
    }
    await rm(path, { force: true });
  }
}

/** False when there is a lock already. */
async function create(path: string): Promise<boolean> {
  return writing(path, async () => {
    try {
      const handle = await open(path, 'wx');
      await handle.writeFile(JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder));
      await handle.close();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  });
}

/** Undefined when the lock has gone meanwhile, or says nothing. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether a process of another machine still runs cannot be known: it counts as running. */
function isRunning({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
