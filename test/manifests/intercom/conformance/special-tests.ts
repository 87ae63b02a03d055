import { isObject, type JsonObject } from '../../../../engine/util/json/json.ts';
import { defaultAccessToken } from '../../../intercom-api/intercom.ts';
import { connectIntercom } from '../sync-intercom.ts';
import * as answers from './answers.ts';
import { type Fault, type RecordOptions, record } from './record.ts';
import { testText } from './test-text.ts';

/** What only some streams can meet. */
export async function specialTests(config: JsonObject): Promise<readonly string[]> {
  const written: string[] = [];

  async function write(
    name: string,
    stream: string,
    options: RecordOptions = {},
    more: JsonObject = {},
    schema?: JsonObject,
  ): Promise<void> {
    const given = Object.fromEntries(
      Object.entries({ ...config, ...more }).filter(([, value]) => value !== null),
    );
    const own = Object.keys(more).length === 0 ? undefined : more;
    const recording = await record(stream, given, options);
    const test = { name, stream, recording, config: own, state: options.state, isExact: true };
    written.push(testText(schema === undefined ? test : { ...test, schema }));
  }

  const faults: Readonly<Record<string, Fault>> = {
    'the token is refused once': answers.refused,
    'the token is refused, and refused again': answers.unauthorized,
    'the token lacks a permission': answers.unpermitted,
    'is not in the plan, in words alone': answers.notInPlanInWords,
    'the API is broken for a moment': answers.broken,
  };
  for (const stream of ['tags', 'conversations', 'companies', 'calls'])
    for (const [name, fault] of Object.entries(faults)) await write(name, stream, { fault });

  await write('the rate limit never ends', 'tags', { fault: answers.alwaysLimited });

  const credentials = { auth_type: 'access_token', access_token: defaultAccessToken };
  const many = ['contacts', 'conversations', 'tickets', 'companies', 'activity_logs'];
  const configs: Readonly<
    Record<string, { readonly streams: readonly string[]; readonly config: JsonObject }>
  > = {
    'in the first version of the API': { streams: many, config: { api_version: '2.11' } },
    'in a version between': {
      streams: ['contacts', 'conversations', 'companies'],
      config: { api_version: '2.15' },
    },
    'with what was deleted': {
      streams: ['contacts', 'conversations', 'tickets', 'companies'],
      config: { include_deletions: true },
    },
    'with a lookback window': {
      streams: ['contacts', 'conversations', 'companies', 'calls'],
      config: { lookback_window: 3 },
    },
    'in Europe': { streams: ['admins', 'conversations'], config: { region: 'eu' } },
    'with the login by OAuth': {
      streams: ['admins'],
      config: {
        access_token: null,
        credentials: {
          auth_type: 'oauth',
          client_id: 'id',
          client_secret: 'client-secret',
          access_token: defaultAccessToken,
        },
      },
    },
    'with credentials': { streams: ['admins'], config: { access_token: null, credentials } },
    'with credentials that do not say what they are': {
      streams: ['admins'],
      config: { access_token: null, credentials: { access_token: defaultAccessToken } },
    },
    'with empty credentials beside the token': { streams: ['admins'], config: { credentials: {} } },
  };
  for (const [name, { streams, config: more }] of Object.entries(configs))
    for (const stream of streams) await write(name, stream, {}, more);

  for (const api_version of versions)
    for (const [stream, field] of Object.entries(tellingFields)) {
      const schema = await typeOf(stream, field, { ...config, api_version });
      await write(`has the fields of version ${api_version}`, stream, {}, { api_version }, schema);
    }

  const deletions = { include_deletions: true };
  await write(
    'does not know the feed of deletions',
    'conversations',
    {
      fault: answers.once(/deleted/, 404, answers.error('not_found', 'Resource not found')),
    },
    deletions,
  );
  await write(
    'deletions since long ago',
    'deleted_conversations',
    {},
    { start_date: '2023-01-01T00:00:00Z' },
  );
  await write('somebody else scrolls', 'companies', {
    fault: answers.once(
      /scroll/,
      400,
      answers.error('scroll_exists', 'scroll already exists for this workspace'),
    ),
  });
  await write('somebody else scrolls, in words alone', 'companies', {
    fault: answers.once(
      /scroll/,
      400,
      answers.error('parameter_invalid', 'scroll already exists for this app'),
    ),
  });
  return written;
}

/** What tells the schemas of versions apart. */
const versions = ['2.11', '2.14', '2.16', '2.17'];
const tellingFields = { admins: 'avatar', contacts: 'owner_id', tickets: 'ticket_state' };

/** The type of a field, as the stream's schema has it with this config. */
async function typeOf(stream: string, field: string, config: JsonObject): Promise<JsonObject> {
  const connector = await connectIntercom(config);
  const schema = await (await connector.find(stream))?.schema();
  await connector.close();
  const properties = isObject(schema?.['properties']) ? schema['properties'] : {};
  const property = properties[field];
  return { properties: { [field]: isObject(property) ? { type: property['type'] } : null } };
}
