import { readFile } from 'node:fs/promises';
import { configure } from '../../../engine/connector/connector.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { defaultAccessToken } from '../../intercom-api/intercom.ts';
import { startIntercomApi } from '../../intercom-api/server.ts';
import { hooks } from './sync-intercom.ts';
import { virtualClock } from './virtual-clock.ts';

/** What the head of the manifest tells authors to write. */
const added = `    types_of_tickets:
      $ref: "#/definitions/list_stream"
      $parameters:
        name: types_of_tickets
        path: /ticket_types
        records: data

    admins:
`;

test('a list endpoint is added with its name, its path and where its records are', async () => {
  const text = (await readFile('manifests/intercom.yaml', 'utf8'))
    .replace('    admins:\n', added)
    .replace('\nstreams:\n', '\nstreams:\n  - $ref: "#/definitions/streams/types_of_tickets"\n');
  const manifest = loadManifest({ name: 'edited.yaml', text }, { hooks });
  expect(manifest.diagnostics).toEqual([]);
  const clock = virtualClock();
  const api = await startIntercomApi({ now: clock.now });
  const config = { access_token: defaultAccessToken, start_date: '2024-01-01T00:00:00Z', base_url: api.url };
  const connector = configure(manifest, config, { clock });
  const records: JsonObject[] = [];
  try {
    for await (const event of connector.read({ streams: [{ name: 'types_of_tickets' }] })) {
      if (event.kind === 'records') records.push(...event.records);
    }
  } finally {
    await connector.close();
    await api.close();
  }
  expect(records).toEqual(api.workspace.ticketTypes.map(({ id }) => expect.objectContaining({ id })));
});
