import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Certificate } from './certificate.ts';
import { freePort } from './free-port.ts';

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
  /** Of the loopback interface, where it listens there. */
  readonly port: number | undefined;
  stop(): Promise<void>;
}

/** It refuses to run as root. */
function user(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export interface PostgresTls extends Certificate {
  /** The certificate of the authority whose clients are let in. */
  readonly clientCa: string;
  /** Rules of who is let in, of `pg_hba.conf`. */
  readonly rules: readonly string[];
}

/** A server in a temporary folder, on a socket in it and nowhere else; with TLS on a port of the loopback interface, too. */
export async function startPostgres(tls?: PostgresTls): Promise<PostgresServer> {
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
  const port = tls === undefined ? undefined : await freePort();
  const settings = tls === undefined ? ['listen_addresses='] : secured(tls);
  function secured({ key, cert, clientCa, rules }: PostgresTls): readonly string[] {
    for (const [name, text] of Object.entries({
      'server.key': key,
      'server.crt': cert,
      'root.crt': clientCa,
    })) {
      writeFileSync(join(data, name), text, { mode: 0o600 });
      if (uid !== undefined && gid !== undefined) chownSync(join(data, name), uid, gid);
    }
    writeFileSync(join(data, 'pg_hba.conf'), ['local all all trust', ...rules, ''].join('\n'));
    return ['listen_addresses=127.0.0.1', `port=${port}`, 'ssl=on', 'ssl_ca_file=root.crt'];
  }
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-k', socket, ...[...settings, 'fsync=off'].flatMap((one) => ['-c', one])],
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
    address: `postgres://tester@/postgres?host=${encodeURIComponent(socket)}${port === undefined ? '' : `&port=${port}`}`,
    port,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      // The fast way: connections are cut.
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
