import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../../engine/commands/check.ts';
import { writeBack } from '../../../engine/commands/write-back.ts';
import { testEnvironment } from '../../kit/environment.ts';
import { type Answers, fakeTransport } from '../../kit/scope.ts';
import { answers, manifest } from '../../protocol/manifests.ts';
import { parseMessages } from '../../protocol/protocol-schema.ts';

const migrating = {
  ...manifest,
  spec: {
    type: 'Spec',
    connection_specification: {
      type: 'object',
      properties: { api_key: { type: 'string', airbyte_secret: true } },
    },
    config_normalization_rules: {
      config_migrations: [
        {
          type: 'ConfigMigration',
          transformations: [
            {
              type: 'ConfigAddFields',
              condition: "{{ 'api_key' not in config }}",
              fields: [{ path: ['api_key'], value: "{{ config['token'] }}" }],
            },
            { type: 'ConfigRemoveFields', field_pointers: [['token']] },
          ],
        },
      ],
    },
  },
};

describe('a config that the spec migrates', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'manifold-'));
    await writeFile(join(folder, 'manifest.yaml'), JSON.stringify(migrating));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function checkWith(config: object, given: Answers = answers) {
    const path = join(folder, 'config.json');
    await writeFile(path, JSON.stringify(config));
    const environment = testEnvironment({ transport: fakeTransport(given) });
    await check({ config: path, manifestPath: join(folder, 'manifest.yaml') }, environment);
    const messages = parseMessages(environment.written());
    const types = messages.map(({ type }) => type);
    return { messages, types, file: await readFile(path, 'utf8') };
  }

  it('is told to the platform and written into its file', async () => {
    expect(await checkWith({ token: 'a rather long token', other: 1 })).toMatchObject({
      types: ['CONTROL', 'CONNECTION_STATUS'],
      file: '{"other":1,"api_key":"a rather long token"}',
    });
  });

  it('keeps the secrets that were moved', async () => {
    const refuse: Answers = () => ({ status: 403, body: { error: 'Not for a rather long token' } });
    const { messages } = await checkWith({ token: 'a rather long token' }, refuse);
    expect(messages.at(-1)).toMatchObject({
      connectionStatus: { status: 'FAILED', message: expect.stringContaining('Not for ****') },
    });
  });

  it('is left alone when there is nothing to migrate', async () => {
    expect(await checkWith({ api_key: 'new' })).toMatchObject({
      types: ['CONNECTION_STATUS'],
      file: '{"api_key":"new"}',
    });
  });
});

it('a config that cannot be written is a word in the debug log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'manifold-'));
  const logged: string[] = [];
  const log = (level: string, message: string) => void logged.push(`${level} ${message}`);
  await writeBack(join(folder, 'nothing here'), '{}', log);
  await writeBack(folder, '{}', log);
  expect(logged).toEqual([expect.stringMatching(/^DEBUG .*ENOENT/)]);
  await rm(folder, { recursive: true });
});
