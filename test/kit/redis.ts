import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { freePort } from './free-port.ts';

const program = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((path) => existsSync(path));

export const hasRedis = program !== undefined;

export interface RedisServer {
  readonly address: string;
  stop(): Promise<void>;
  /** Again, on the same port and without its data. */
  start(): Promise<void>;
}

/** A server that keeps nothing, on a free port of the loopback interface. */
export async function startRedis(): Promise<RedisServer> {
  if (program === undefined) throw new Error('Redis is not installed.');
  const command = program;
  const port = await freePort();
  let server: ChildProcess | undefined;
  async function start(): Promise<void> {
    const child = spawn(command, [
      ...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/tmp'],
    ]);
    server = child;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.stdout.on('data', (chunk) => {
        said += chunk;
        if (/ready to accept connections/i.test(said)) resolve();
      });
      child.once('exit', () => reject(new Error(said)));
    });
  }
  await start();
  return {
    address: `redis://127.0.0.1:${port}`,
    start,
    async stop() {
      const ended = new Promise((resolve) => server?.once('exit', resolve));
      server?.kill('SIGKILL');
      await ended;
    },
  };
}
