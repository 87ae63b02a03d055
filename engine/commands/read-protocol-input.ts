import type { StreamState } from '../contract/families.ts';
import { type ConfiguredCatalog, parseConfiguredCatalog } from '../protocol/configured-catalog.ts';
import { parseState } from '../protocol/state-input.ts';
import { readInputJson } from './read-input.ts';

/** The streams to read. Throws ConnectorError (config_error) that says what is wrong with the file, and where. */
export async function readCatalog(path: string): Promise<ConfiguredCatalog> {
  const { value, source } = await readInputJson(path, 'catalog');
  return parseConfiguredCatalog(value, source);
}

/** Where the streams begin. Throws as `readCatalog` does. */
export async function readState(path: string): Promise<ReadonlyMap<string, StreamState>> {
  const { value, source } = await readInputJson(path, 'state');
  return parseState(value, source);
}
