import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian has the programs of a PostgreSQL server; undefined where none is installed. */
function programs(): string | undefined {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .map((version) => join(root, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'postgres')));
}

const bin = programs();

export const hasPostgres = bin !== undefined;

export interface PostgresServer {
  /** The address of a database of its own, without a schema. */
  readonly address: string;
  stop(): Promise<void>;
}

/** It refuses to run as root. */
function user(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** A server in a temporary folder, on a socket in it and nowhere else. */
export async function startPostgres(): Promise<PostgresServer> {
  if (bin === undefined) throw new Error('PostgreSQL is not installed.');
  const folder = mkdtempSync(join(tmpdir(), 'manifold-postgres-'));
  const { uid, gid } = user();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  const data = join(folder, 'data');
  const as = { uid, gid, cwd: folder };
  execFileSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'tester', '--no-sync', '-E', 'UTF8'], {
    ...as,
    stdio: 'ignore',
  });
  const socket = join(folder, 'socket');
  mkdirSync(socket);
  if (uid !== undefined && gid !== undefined) chownSync(socket, uid, gid);
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-k', socket, '-c', 'listen_addresses=', '-c', 'fsync=off'],
    { ...as, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (chunk) => {
      said += chunk;
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(said)));
  });
  return {
    address: `postgres://tester@/postgres?host=${encodeURIComponent(socket)}`,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      // The fast way: connections are cut.
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
