/**
 * `configure-catalog DISCOVERED`: the catalog a platform would make of discover's output: every stream whose description
 * names no price, incremental where it can be.
 */
import { readMessages } from './read-messages.ts';

const [discovered = ''] = process.argv.slice(2);
const streams = (await readMessages(discovered)).flatMap((message) =>
  message.type === 'CATALOG' ? message.catalog.streams : [],
);
if (streams.length === 0) throw new Error(`${discovered} holds no stream.`);
const hasPrice = (description: unknown) => String(description ?? '').startsWith('Costs');
const affordable = streams.filter(({ json_schema }) => !hasPrice(json_schema.description));
const configured = affordable.map((stream) => {
  const incremental = stream.supported_sync_modes.includes('incremental');
  return {
    stream,
    sync_mode: incremental ? 'incremental' : 'full_refresh',
    destination_sync_mode: incremental ? 'append_dedup' : 'overwrite',
    cursor_field: stream.default_cursor_field ?? [],
    primary_key: stream.source_defined_primary_key ?? [],
    generation_id: 1,
    minimum_generation_id: incremental ? 0 : 1,
    sync_id: 1,
  };
});
process.stdout.write(`${JSON.stringify({ streams: configured })}\n`);
