import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bench, median } from './measure.ts';
import { milliseconds, type Report, ratio } from './report.ts';
import { nodeEngine, runProcess } from './run-process.ts';

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
    const beside: number[][] = [];
    for (const args of [
      ['-e', '0'],
      [bin, 'validate', manifest],
    ]) {
      const walls: number[] = [];
      for (let run = 0; run < Math.min(runs, 3); run++)
        walls.push((await runProcess(nodeEngine('beside', args), [])).wall);
      beside.push(walls);
    }
    report.table('one stream under --watch, from the saved file on', ['wall', 'of node -e 0', 'of validate']);
    for (const [name, times] of Object.entries({ 'its tests': tests, 'its checks': checks })) {
      const wall = median(times) / 1000;
      report.row(name, [milliseconds(wall), ...beside.map((walls) => ratio(wall / median(walls)))], { wall });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
