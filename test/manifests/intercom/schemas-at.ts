import type { JsonSchema } from '../../../engine/util/json/json.ts';
import { connectIntercom } from './sync-intercom.ts';

/** As `discover` shows them to a connection that asks for this version. */
export async function schemasAt(version: string): Promise<ReadonlyMap<string, JsonSchema>> {
  const config = { access_token: 'x', start_date: '2024-01-01T00:00:00Z', api_version: version };
  const connector = await connectIntercom(config);
  try {
    const streams = await connector.streams();
    return new Map(
      await Promise.all(streams.map(async ({ name, schema }) => [name, await schema()] as const)),
    );
  } finally {
    await connector.close();
  }
}
