import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { createFolder } from '../../bench/measure.ts';
import { type BenchConfig, catalog, type Workload, workloads } from '../../bench/workloads.ts';
import { heldBy, told } from './measure-process.ts';

interface SlowReader {
  readonly manifold: string;
  readonly server: string;
  readonly records: number;
  readonly say: (text: string) => void;
}

/** Bytes that are read at once, and the pause in milliseconds after each. */
const portion = 4 * 2 ** 20;
const pause = 100;

/** More than this would mean that records wait in memory for their reader. */
const mostMemory = 250 * 2 ** 20;

/**
 * `read` with a platform that takes its output more slowly than the API gives it: every record must arrive, and what
 * waits must wait at the API, not in memory. Says what is wrong.
 */
export async function readSlowly({ manifold, server, records, say }: SlowReader): Promise<readonly string[]> {
  const api = spawn(process.execPath, [server], { stdio: ['pipe', 'pipe', 'inherit'] });
  const folder = createFolder();
  let reading: ChildProcess | undefined;
  try {
    const [port] = await once(api.stdout, 'data');
    const { manifest, floor = 'pages' } = workloads.find(({ floor }) => floor === 'contacts') as Workload;
    const config: BenchConfig = {
      base_url: `http://127.0.0.1:${Number(String(port))}/of/${records}/after/0`,
      workload: floor,
      concurrency: 1,
    };
    const files = { config, manifest, catalog };
    const args = Object.entries(files).flatMap(([name, content]) => [
      name === 'manifest' ? '--manifest-path' : `--${name}`,
      folder.file(`${name}.json`, content),
    ]);
    const child = spawn(process.execPath, [manifold, 'read', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    reading = child;
    const ended = once(child, 'close');
    let lines = 0;
    let taken = 0;
    let peak = 0;
    let next = records / 10;
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
      taken += chunk.length;
      if (taken < portion) continue;
      taken = 0;
      const held = child.exitCode === null && child.pid !== undefined ? heldBy(child.pid) : undefined;
      peak = Math.max(peak, held?.peak ?? 0);
      if (held !== undefined && lines >= next) {
        say(`${lines.toLocaleString('en')} lines: ${told(held)}\n`);
        next += records / 10;
      }
      await setTimeout(pause);
    }
    const [code] = await ended;
    return [
      ...(code === 0 ? [] : [`exit code ${code}`]),
      ...(lines >= records ? [] : [`${lines} lines of ${records} records`]),
      ...(peak <= mostMemory ? [] : [`${Math.round(peak / 2 ** 20)} MB of memory`]),
    ];
  } finally {
    reading?.kill('SIGKILL');
    api.kill();
    folder.remove();
  }
}
