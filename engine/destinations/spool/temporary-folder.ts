import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Holder, isRunning, ownHolder } from '../holder.ts';

const prefix = 'manifold-spool-';

/**
 * A folder of this process in the system's temporary folder, for lines on their way into a database. What processes have left
 * there that were killed is removed: nobody else would do it, and it may be as large as what they had read.
 */
export async function createTemporaryFolder(parent = tmpdir()): Promise<string> {
  await removeAbandoned(parent);
  const { pid, host } = ownHolder();
  return mkdtemp(join(parent, `${prefix}${pid}-${host}-`));
}

async function removeAbandoned(parent: string): Promise<void> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const holder = entry.isDirectory() ? holderOf(entry.name) : undefined;
    if (holder === undefined || isRunning(holder)) continue;
    // One of another user stays.
    await rm(join(parent, entry.name), { recursive: true, force: true }).catch(() => {});
  }
}

/** Whom a folder belongs to, by its name: six characters of chance end it. */
function holderOf(name: string): Holder | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const [, pid, host] = /^(\d+)-(.+)-.{6}$/.exec(name.slice(prefix.length)) ?? [];
  return pid === undefined || host === undefined ? undefined : { pid: Number(pid), host };
}
