/**
 * Run by the build, in a process for each command: `node keep-compiled.js FOLDER COMMAND`. Runs the command, against an API
 * of its own, and keeps what V8 has made of the program by then.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findDuckDb } from '../engine/destinations/duckdb/driver.ts';
import { compiledFiles, readScript } from './compiled.ts';
import { setStartFlags } from './start-flags.ts';

const [outdir = '', command = ''] = process.argv.slice(2);
const folder = resolve(outdir);

/** A list with a record, whatever is asked for. */
const answer = JSON.stringify({
  type: 'list',
  data: [{ type: 'tag', id: '1', name: 'A', created_at: 1_700_000_000, updated_at: 1_700_000_000 }],
  tags: [{ id: '1' }],
  total_count: 1,
});

/** A manifest of a file, for whose start YAML and templates are read. */
const manifest = (url: string) => `
version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [tags] }
streams:
  - type: DeclarativeStream
    name: tags
    primary_key: [id]
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: "${url}/tags/{{ parameters.get('version', '1') }}"
        authenticator: { type: BearerAuthenticator, api_token: "{{ config['access_token'] }}" }
      record_selector:
        type: RecordSelector
        extractor: { type: DpathExtractor, field_path: [data] }
        record_filter: { type: RecordFilter, condition: "{{ record.id != 'none' }}" }
      paginator:
        type: DefaultPaginator
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
        page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: size }
        pagination_strategy: { type: PageIncrement, page_size: 50 }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: updated_at
      start_datetime: "{{ config['start_date'] }}"
      datetime_format: "%Y-%m-%dT%H:%M:%SZ"
      cursor_datetime_formats: ["%s"]
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: string } } } }
    transformations:
      - type: AddFields
        fields: [{ path: [kind], value: "{{ record['type'] | upper }}" }]
spec: { type: Spec, connection_specification: { type: object, properties: {} } }
`;

const api = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
});
await new Promise<void>((listening) => void api.listen(0, '127.0.0.1', listening));
const url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;

const work = mkdtempSync(join(tmpdir(), 'manifold-compiled-'));
function input(name: string, content: unknown): string {
  const file = join(work, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const stream = (name: string) => ({
  stream: { name, json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental'] },
  sync_mode: 'incremental',
  destination_sync_mode: 'append',
});
const config = input('config.json', {
  base_url: url,
  access_token: 'none',
  start_date: '2023-11-01T00:00:00Z',
});
const catalog = input('catalog.json', { streams: [stream('tags')] });
const database = join(work, (await findDuckDb()) === undefined ? 'folder' : 'tags.duckdb');
const ofFile = ['--manifest-path', input('manifest.yaml', manifest(url))];
const runs: Readonly<Record<string, readonly (readonly string[])[]>> = {
  check: [[], ofFile],
  discover: [[], ofFile],
  read: [
    ['--catalog', catalog],
    ['--catalog', catalog, ...ofFile],
  ],
  sync: [
    ['--streams', 'tags', '--to', join(work, 'out')],
    ['--to', database, ...ofFile],
  ],
};

setStartFlags(command);
const files = compiledFiles(folder, command);
const { script, run } = readScript(files.script);
const { main } = run();
for (const args of runs[command] ?? []) {
  process.argv = [process.execPath, files.script, command, '--config', config, ...args];
  await main(resolve(folder, '../..'));
  if (process.exitCode !== 0) throw new Error(`${command} ended with ${process.exitCode}.`);
}
writeFileSync(files.code, script.createCachedData());
rmSync(work, { recursive: true });
process.exit(0);
