import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { ConnectorError } from '../error/connector-error.ts';
import { writing } from '../error/writing.ts';
import { type Holder, isRunning, ownHolder } from './holder.ts';

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
    await remove(path, holder);
  }
}

/** False when there is a lock already. It is never seen without its holder: a lock that says nothing would be taken over. */
async function create(path: string): Promise<boolean> {
  const own = nameBeside(path);
  const holder = JSON.stringify(ownHolder());
  return writing(path, async () => {
    try {
      await writeFile(own, holder);
      await link(own, path).catch((error) => {
        if (!withoutLinks.includes(codeOf(error))) throw error;
        return writeFile(path, holder, { flag: 'wx' });
      });
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(own, { force: true });
    }
  });
}

let names = 0;

/** One that nobody else has. */
function nameBeside(path: string): string {
  names += 1;
  return `${path}.${hostname()}-${process.pid}-${names}`;
}

/** What systems of files say that have no second names for files. */
const withoutLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** Removes the lock of a holder that has gone; one that another sync has made meanwhile stays. */
async function remove(path: string, gone: Holder | undefined): Promise<void> {
  const aside = nameBeside(path);
  try {
    await rename(path, aside);
    const moved = await readHolder(aside);
    if (moved !== undefined && (moved.pid !== gone?.pid || moved.host !== gone.host)) await link(aside, path);
  } catch (error) {
    if (!['ENOENT', 'EEXIST', ...withoutLinks].includes(codeOf(error))) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** Undefined when the lock has gone meanwhile, or says nothing. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
