import type { JsonObject } from '../util/json/json.ts';
import type { Auth, Parameter } from './api.ts';
import type { StreamGuess } from './guesses.ts';

/** What a user is asked for: what logs in, what the API needs, and what was seen but must not stand in a manifest. */
export function specOf(
  auth: Auth | undefined,
  asked: ReadonlyMap<string, Parameter>,
  secrets: ReadonlyMap<string, string>,
  streams: readonly StreamGuess[],
): JsonObject {
  const secret = (title: string) => ({ title, type: 'string', airbyte_secret: true });
  const credentials: Record<Auth['kind'], JsonObject> = {
    bearer: { api_token: secret('API token') },
    basic: { username: { title: 'User name', type: 'string' }, password: secret('Password') },
    key: { api_key: secret('API key') },
    oauth: {
      client_id: { title: 'Client ID', type: 'string' },
      client_secret: secret('Client secret'),
      ...(auth?.kind === 'oauth' &&
        auth.grant === 'refresh_token' && { refresh_token: secret('Refresh token') }),
    },
  };
  const own = auth === undefined ? {} : credentials[auth.kind];
  const others = [...asked].map(([name, { schema, name: title }]) => {
    const { type, enum: choices } = schema;
    return [
      name,
      {
        title,
        type: typeof type === 'string' && type !== 'array' ? type : 'string',
        ...(Array.isArray(choices) && { enum: choices }),
      },
    ] as const;
  });
  const isIncremental = streams.some(({ cursor }) => cursor?.value.parameter !== undefined);
  const start = {
    start_date: {
      title: 'Start date',
      description: 'Nothing that changed before is read.',
      type: 'string',
      format: 'date-time',
      pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$',
      examples: ['2024-01-01T00:00:00Z'],
    },
  };
  const properties: Record<string, JsonObject> = {
    ...own,
    ...Object.fromEntries(others),
    ...Object.fromEntries([...secrets].map(([name, title]) => [name, secret(title)])),
    ...(isIncremental && start),
  } as Record<string, JsonObject>;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: true,
    required: Object.keys(properties),
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property], order) => [name, { ...property, order }]),
    ),
  };
}
