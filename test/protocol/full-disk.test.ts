import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'manifold-full-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string, content: object) => {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
};

// Nobody answers there, and nobody is asked twice.
const requester = {
  type: 'HttpRequester',
  url: 'http://127.0.0.1:9/items',
  error_handler: { type: 'DefaultErrorHandler', max_retries: 0 },
};
const manifest = path('things.json', {
  version: '6.0.0',
  type: 'DeclarativeSource',
  check: { type: 'CheckStream', stream_names: ['things'] },
  streams: [
    {
      type: 'DeclarativeStream',
      name: 'things',
      retriever: {
        type: 'SimpleRetriever',
        requester,
        record_selector: {
          type: 'RecordSelector',
          extractor: { type: 'DpathExtractor', field_path: ['items'] },
        },
      },
      schema_loader: { type: 'InlineSchemaLoader', schema: { type: 'object' } },
    },
  ],
  spec: { type: 'Spec', connection_specification: { type: 'object', properties: {} } },
});
const config = path('config.json', {});
const catalog = path('catalog.json', {
  streams: [
    {
      stream: { name: 'things', json_schema: {}, supported_sync_modes: ['full_refresh'] },
      sync_mode: 'full_refresh',
      destination_sync_mode: 'overwrite',
    },
  ],
});
const input = ['--manifest-path', manifest, '--config', config];

/** On Linux, a device that never has room. */
const disk = '/dev/full';

(existsSync(disk) ? test : test.skip).each([
  [['--version']],
  [['--help']],
  [['spec', '--manifest-path', manifest]],
  [['check', ...input]],
  [['read', ...input, '--catalog', catalog]],
  [['sync', manifest, '--config', config, '--to', join(folder, 'out')]],
  [['validate', manifest]],
  [['test', manifest, '--no-cache']],
  [['preview', manifest, 'things', '--config', config]],
])('what %j says and cannot write is no success, and somebody is told', (args) => {
  const output = openSync(disk, 'w');
  try {
    const { status, stderr } = spawnSync(process.execPath, [resolve('dist/bin/manifold.js'), ...args], {
      stdio: ['ignore', output, 'pipe'],
    });
    expect(stderr.toString()).toContain('The output cannot be written: ENOSPC');
    expect(status).toBe(1);
  } finally {
    closeSync(output);
  }
});
