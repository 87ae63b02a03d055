import { read } from '../../../engine/commands/read.ts';
import { answers, apiKey, catalogOf, manifest, streamAt } from '../../protocol/manifests.ts';
import { type Given, runCommand } from '../../protocol/run-command.ts';

const run = (given: Partial<Given>) =>
  runCommand(read, {
    manifest,
    answers,
    config: { api_key: apiKey },
    catalog: catalogOf('changes'),
    ...given,
  });
const errorOf = async (given: Partial<Given>) => {
  const ran = await run(given);
  const [error] = ran.of('TRACE').flatMap(({ trace }) => (trace.type === 'ERROR' ? [trace.error] : []));
  return { exitCode: ran.exitCode, message: error?.message, type: error?.failure_type };
};

describe('read', () => {
  it('goes on from the state it is given', async () => {
    const stored = (at: string) => [
      {
        type: 'STREAM',
        stream: { stream_descriptor: { name: 'changes' }, stream_state: { updated_at: at } },
      },
    ];
    const whole = await run({});
    const rest = await run({ state: stored('2024-01-05T00:00:00Z') });
    expect([whole.of('RECORD').length, rest.of('RECORD').length]).toEqual([24, 8]);
    expect(rest.of('STATE').at(-1)?.state).toMatchObject({
      type: 'STREAM',
      stream: { stream_descriptor: { name: 'changes' } },
    });
  });

  it('reads the streams of the catalog only', async () => {
    const ran = await run({ catalog: catalogOf('items', 'parents') });
    const streams = new Set(ran.of('RECORD').map(({ record }) => record.stream));
    expect([...streams].sort()).toEqual(['items', 'parents']);
  });

  it('asks the API only for properties that the catalog selects', async () => {
    const items = streamAt('items', '/items', {
      retriever: {
        requester: {
          type: 'HttpRequester',
          url: 'https://api.test/items',
          request_parameters: {
            fields: {
              type: 'QueryProperties',
              property_list: ['id', 'name', 'size'],
              property_chunking: {
                type: 'PropertyChunking',
                property_limit_type: 'property_count',
                property_limit: 9,
              },
              property_selector: { type: 'JsonSchemaPropertySelector' },
            },
          },
        },
      },
    });
    const catalog = catalogOf('items');
    Object.assign((catalog.streams as [{ stream: object }])[0].stream, {
      json_schema: { properties: { id: {}, size: {} } },
    });
    const asked: (string | null)[] = [];
    await run({
      manifest: { ...manifest, streams: [items] },
      catalog,
      answers: ({ url }) => {
        asked.push(url.searchParams.get('fields'));
        return { body: { items: [] } };
      },
    });
    expect(asked).toEqual(['id,size']);
  });

  it('needs a catalog', async () => {
    expect(await errorOf({ catalog: undefined })).toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/^No catalog given\./),
      type: 'config_error',
    });
  });

  it('does not begin with a config that does not fit', async () => {
    expect(await errorOf({ config: {}, answers: [] })).toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/api_key/),
      type: 'config_error',
    });
  });

  it('ends with 1 when any stream failed', async () => {
    expect(await errorOf({ catalog: catalogOf('broken', 'items') })).toMatchObject({ exitCode: 1 });
  });
});
