import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';

const manifold = resolve('dist/bin/manifold.js');
const count = 5000;

/** Each of its templates works as long as a template may, or nearly so: all of them together for hours. */
const slow = "{% set t = 'a' * 600000 %}{% for c in t %}{% if c == 'b' %}x{% endif %}{% endfor %}true";

function manifest(url: string) {
  return {
    version: '6.0.0',
    type: 'DeclarativeSource',
    check: { type: 'CheckStream', stream_names: ['things'] },
    streams: [
      {
        type: 'DeclarativeStream',
        name: 'things',
        primary_key: 'id',
        retriever: {
          type: 'SimpleRetriever',
          requester: { type: 'HttpRequester', url },
          paginator: {
            type: 'DefaultPaginator',
            page_token_option: {
              type: 'RequestOption',
              inject_into: 'request_parameter',
              field_name: 'page',
            },
            pagination_strategy: { type: 'PageIncrement', page_size: 1 },
          },
          record_selector: {
            type: 'RecordSelector',
            extractor: { type: 'DpathExtractor', field_path: [] },
            record_filter: { type: 'RecordFilter', condition: slow },
          },
        },
        schema_loader: { type: 'InlineSchemaLoader', schema: { type: 'object' } },
      },
    ],
    spec: { type: 'Spec', connection_specification: { type: 'object', properties: {} } },
  };
}

const catalog = {
  streams: [
    {
      stream: { name: 'things', json_schema: {}, supported_sync_modes: ['full_refresh'] },
      sync_mode: 'full_refresh',
      destination_sync_mode: 'append',
    },
  ],
};

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('%s ends a read that works in templates, with whole lines', async (signal, code) => {
  // The first page is written soon, and work on the second goes on for minutes.
  const api = createServer((request, response) => {
    const length = request.url?.includes('page=') ? count : 1;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(Array.from({ length }, (_, id) => ({ id }))));
  });
  await new Promise<void>((done) => api.listen(0, '127.0.0.1', done));
  const folder = mkdtempSync(join(tmpdir(), 'manifold-signals-'));
  try {
    const { port } = api.address() as AddressInfo;
    writeFileSync(join(folder, 'm.yaml'), stringify(manifest(`http://127.0.0.1:${port}/`)));
    writeFileSync(join(folder, 'c.json'), '{}');
    writeFileSync(join(folder, 'catalog.json'), JSON.stringify(catalog));
    const args = ['read', '--manifest-path', 'm.yaml', '--config', 'c.json', '--catalog', 'catalog.json'];
    const child = spawn(process.execPath, [manifold, ...args], { cwd: folder });
    let said = '';
    let isStopped = false;
    child.stdout.on('data', (chunk) => {
      said += chunk;
      // It has written the first page.
      if (!isStopped && said.includes('"RUNNING"')) isStopped = child.kill(signal);
    });
    expect(await new Promise((done) => child.once('close', done))).toBe(code);
    const lines = said.split('\n');
    expect(lines.pop()).toBe('');
    const messages = lines.map((line) => JSON.parse(line));
    expect(messages.at(-1)?.trace.stream_status.status).toBe('INCOMPLETE');
    expect(messages.filter(({ type }) => type === 'RECORD').length).toBeLessThan(count);
  } finally {
    api.closeAllConnections();
    api.close();
    rmSync(folder, { recursive: true });
  }
});
