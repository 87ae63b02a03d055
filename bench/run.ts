/** Prints how fast the engine is. See README.md in this folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchConformance } from './conformance.ts';
import { benchDecisions } from './decisions.ts';
import { benchDestinations } from './destinations.ts';
import { benchEditor } from './editor.ts';
import { benchGrowth } from './growth.ts';
import { benchLongBodies } from './long-bodies.ts';
import { type Bench, createFolder } from './measure.ts';
import { benchMemory } from './memory.ts';
import { createReport, type Report } from './report.ts';
import { commandEngine, nodeEngine, pythonEngine } from './run-process.ts';
import { benchStartup } from './startup.ts';
import { benchTemplates } from './template.ts';
import { benchLatency, benchThroughput } from './throughput.ts';
import { benchWatch } from './watch.ts';
import { benchWindows } from './windows.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    records: { type: 'string' },
    runs: { type: 'string' },
    only: { type: 'string', multiple: true },
    manifests: { type: 'string' },
    against: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
  },
});

// dist/bench/run.js
const dist = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const python = process.env['CDK_PYTHON'];
const folder = createFolder();
const report = createReport(values.json, (text) => process.stdout.write(text));

const parts: Readonly<Record<string, (bench: Bench, report: Report) => Promise<void> | void>> = {
  startup: benchStartup,
  throughput: (bench) =>
    benchThroughput(bench, report, (name) => values.only?.some((part) => name.includes(part)) ?? true),
  latency: benchLatency,
  bodies: benchLongBodies,
  memory: benchMemory,
  window: benchWindows,
  growth: benchGrowth,
  template: (_bench, to) => benchTemplates(to),
  destinations: benchDestinations,
  editor: benchEditor,
  conformance: benchConformance,
  watch: benchWatch,
  decisions: benchDecisions,
};

const chosen = positionals.length === 0 ? Object.keys(parts) : positionals;
const unknown = chosen.find((part) => parts[part] === undefined);
if (unknown !== undefined)
  throw new Error(`There is no part "${unknown}". There are ${Object.keys(parts).join(', ')}.`);

const server = spawn(process.execPath, [join(dist, 'bench/server.js')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
try {
  const [told] = await once(server.stdout, 'data');
  const bench: Bench = {
    port: Number(String(told)),
    records: Number(values.records ?? (values.quick ? 10_000 : 100_000)),
    runs: Number(values.runs ?? (values.quick ? 1 : 3)),
    isQuick: values.quick,
    manifests: values.manifests,
    file: folder.file,
    engines: [
      nodeEngine('manifold', [join(dist, 'bin/manifold.js')]),
      nodeEngine('bare loop', [join(dist, 'bench/floor.js')]),
      ...(python === undefined ? [] : [pythonEngine(python)]),
      ...(values.against ?? []).map(commandEngine),
    ],
  };
  for (const part of chosen) await parts[part]?.(bench, report);
  report.end();
} finally {
  server.kill();
  folder.remove();
}
