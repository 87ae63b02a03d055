import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bench, median } from './measure.ts';
import { milliseconds, type Report } from './report.ts';

const changes = 8;

/** How long somebody waits who has changed one stream of the Intercom connector, from saving the file to the outcome of its tests. */
export async function benchWatch({ runs }: Bench, report: Report) {
  // dist/bench/watch.js
  const bin = fileURLToPath(new URL('../bin/manifold.js', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'manifold-watch-'));
  try {
    const manifest = join(folder, 'intercom.yaml');
    cpSync('manifests/intercom.yaml', manifest);
    cpSync('manifests/intercom.test.yaml', join(folder, 'intercom.test.yaml'));
    const watching = spawn(process.execPath, [bin, 'test', '--watch', manifest], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => watching.once('exit', resolve));
    let [output, wake] = ['', () => {}];
    watching.stdout.on('data', (chunk) => {
      output += chunk;
      wake();
    });
    const says = async (what: string) => {
      while (!output.includes(what))
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    };
    await says('watching');
    const text = readFileSync(manifest, 'utf8');
    const [tests, checks]: [number[], number[]] = [[], []];
    for (let change = 0; change < changes * Math.min(runs, 3); change += 1) {
      output = '';
      const saved = performance.now();
      writeFileSync(
        manifest,
        text.replace('path: /news/news_items,', `path: /news/news_items, change: ${change},`),
      );
      await says('consistent with itself');
      tests.push(performance.now() - saved);
      await says('read off the manifest');
      checks.push(performance.now() - saved);
    }
    watching.kill('SIGTERM');
    await ended;
    report.table('one stream under --watch, from the saved file on', ['wall']);
    for (const [name, times] of Object.entries({ 'its tests': tests, 'its checks': checks }))
      report.row(name, [milliseconds(median(times) / 1000)], { wall: median(times) / 1000 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
