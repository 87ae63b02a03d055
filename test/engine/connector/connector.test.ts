import { type Connector, configure } from '../../../engine/connector/connector.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { type Answers, fakeClock, fakeTransport } from '../../kit/scope.ts';
import { told } from '../../kit/told.ts';

const stream = (name: string, rest = '') =>
  `  - { name: ${name}, retriever: { requester: { url: "https://api.test/${name}" }, record_selector: { extractor: { field_path: [] } }${rest} } }`;
const manifest = (streams: readonly string[], root = '') => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
streams:
${streams.join('\n')}
${root}`;
const broken = stream('broken', ', paginator: { type: DefaultPaginater }');

function open(text: string, config: JsonObject = {}, answers: Answers = () => ({ body: [{ id: 1 }] })) {
  const transport = fakeTransport(answers);
  return configure(loadManifest({ name: 'x.yaml', text }), config, { transport, clock: fakeClock() });
}

async function namesIn(connector: Connector, broken?: string[]): Promise<string[]> {
  const streams = await connector.streams(broken && ((name) => broken.push(name)));
  return streams.map(({ name }) => name);
}

describe('loadManifest', () => {
  it('keeps findings that do not stop it', () => {
    const { diagnostics } = loadManifest({ name: 'x.yaml', text: manifest(['  - { $ref: "#/nowhere" }']) });
    expect(diagnostics.map(({ message }) => message)).toEqual(['There is nothing at "#/nowhere".']);
  });

  it('throws when there is nothing to work with, with the place', () => {
    expect(() => loadManifest({ name: 'x.yaml', text: '- a' })).toThrow(
      expect.objectContaining({
        message: 'A manifest must be a mapping of fields.',
        kind: 'config_error',
        nodes: [expect.objectContaining({ start: 0 })],
      }),
    );
  });
});

describe('streams', () => {
  it('come in the order of the manifest; one that cannot be made is handed over', async () => {
    const failed: string[] = [];
    expect(await namesIn(open(manifest([stream('users'), broken, stream('tags')])), failed)).toEqual([
      'users',
      'tags',
    ]);
    expect(failed).toEqual(['broken']);
  });

  it('throw for one that cannot be made where nobody takes it', async () => {
    await expect(namesIn(open(manifest([broken])))).rejects.toThrow(/Unknown Paginator type/);
  });

  it('come with templates that cannot be read, which fail only where they are evaluated', async () => {
    const filtered = (name: string, condition: string) =>
      stream(name).replace('{ extractor', `{ record_filter: { condition: "${condition}" }, extractor`);
    const text = manifest([
      filtered('old', "{{ record.at > stream_state['at'] }}"),
      filtered('open', '{{ record.at'),
    ]);
    expect(await namesIn(open(text))).toEqual(['old', 'open']);
    const errors: (readonly [string, number | undefined])[] = [];
    for await (const event of open(text).read({ streams: [{ name: 'old' }, { name: 'open' }] }))
      if (event.kind === 'error') errors.push([event.error.message, event.error.offset]);
    expect(errors).toEqual([
      [expect.stringContaining('stream_state'), undefined],
      [expect.stringContaining('unexpected end of template'), 12],
    ]);
    const statuses: string[] = [];
    const empty = open(text, {}, () => ({ body: [] }));
    for await (const event of empty.read({ streams: [{ name: 'old' }] }))
      if (event.kind === 'status') statuses.push(event.status);
    expect(statuses.at(-1)).toBe('COMPLETE');
  });

  it('are found by name, one at a time', async () => {
    const connector = open(manifest([broken, stream('users')]));
    expect((await connector.find('users'))?.name).toBe('users');
    expect(await connector.find('nobody')).toBeUndefined();
    await expect(connector.find('broken')).rejects.toThrow(/Unknown Paginator type/);
  });
});

describe('the config', () => {
  const spec = `spec:
  type: Spec
  connection_specification:
    type: object
    required: [key]
    properties: { key: { type: string }, kind: { type: string } }
  config_normalization_rules:
    config_migrations:
      - { type: ConfigMigration, transformations: [{ type: ConfigRemapField, map: { old: new }, field_path: [kind] }] }
    transformations:
      - { type: ConfigAddFields, fields: [{ path: [added], value: "{{ config.kind }}!" }] }
`;
  const text = manifest([stream('users').replace('/users"', '/{{ config.added }}"')], spec);

  it('migrates, transforms and validates the config before streams read it', async () => {
    const seen: JsonObject[] = [];
    const transport = fakeTransport([{ body: [] }]);
    const connector = configure(
      loadManifest({ name: 'x.yaml', text }),
      { key: 'k', kind: 'old' },
      {
        transport,
        onConfigChange: (config) => void seen.push({ ...config }),
      },
    );
    expect(seen).toEqual([{ key: 'k', kind: 'new' }]);
    for await (const _ of connector.read({ streams: [{ name: 'users' }] }));
    expect(String(transport.requests[0]?.url)).toBe('https://api.test/new!');
  });

  it('refuses a config that does not fit, and names the fields', () => {
    expect(() => open(text, { kind: 'a' })).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/"?key"?/), kind: 'config_error' }),
    );
  });

  it("does not count the platform's own fields against the spec", () => {
    const strict = text.replace('type: object', 'type: object\n    additionalProperties: false');
    expect(told(() => open(strict, { key: 'k', __airbyte_check_stream_names: [] }))).toBeUndefined();
    expect(() => open(strict, { key: 'k', other: [] })).toThrow('"other"');
  });
});

describe('check', () => {
  it('needs a "check" in the manifest', async () => {
    const text = manifest([stream('users')]).replace(/^check:.*$/m, '');
    expect(() => open(text)).toThrow(/needs the field "check"/);
  });
});

describe('read', () => {
  it('reads a parent and its children with one request for the parent', async () => {
    const parents = stream('parents').trim().replace(/^- /, '');
    const asked: string[] = [];
    const connector = open(
      manifest([
        stream('parents'),
        stream(
          'children',
          `, partition_router: { type: SubstreamPartitionRouter, parent_stream_configs: [{ parent_key: id, partition_field: p, stream: ${parents} }] }`,
        ),
      ]),
      {},
      ({ url }) => {
        asked.push(url.pathname);
        return { body: [{ id: 1 }] };
      },
    );
    for await (const _ of connector.read({ streams: [{ name: 'parents' }, { name: 'children' }] }));
    expect(asked.sort()).toEqual(['/children', '/parents']);
  });

  it('fails a stream that is not there, alone', async () => {
    const events: string[] = [];
    for await (const event of open(manifest([stream('users')])).read({
      streams: [{ name: 'usrs' }, { name: 'users' }],
    }))
      events.push(
        event.kind === 'error'
          ? event.error.message
          : `${event.stream} ${event.kind === 'status' ? event.status : event.kind}`,
      );
    expect(events).toEqual(
      expect.arrayContaining([
        'There is no stream "usrs". Did you mean "users"?',
        'usrs INCOMPLETE',
        'users COMPLETE',
      ]),
    );
  });

  it('stops asking when nobody reads any more', async () => {
    const transport = fakeTransport(({ url }) => ({ body: [{ id: url.search }] }));
    const text = manifest([
      stream(
        'users',
        ', partition_router: { type: ListPartitionRouter, cursor_field: n, values: "{{ config.all }}" }',
      ),
    ]);
    const config = { all: Array.from({ length: 500 }, (_, index) => String(index)) };
    const connector = configure(loadManifest({ name: 'x.yaml', text }), config, { transport });
    for await (const event of connector.read({ streams: [{ name: 'users' }] }))
      if (event.kind === 'records') break;
    await new Promise(setImmediate);
    await connector.close();
    expect(transport.requests.length).toBeGreaterThan(0);
    expect(transport.requests.length).toBeLessThan(20);
  });

  it('ends waits and requests of all streams when nobody reads any more', async () => {
    let isOver = false;
    const clock = {
      now: () => 0,
      sleep: (_ms: number, signal?: AbortSignal) =>
        new Promise<void>((_, reject) => {
          signal?.addEventListener('abort', () => {
            isOver = true;
            reject(signal.reason);
          });
        }),
    };
    const transport = fakeTransport(({ url }) =>
      url.pathname === '/slow' ? { status: 503 } : { body: [{ id: 1 }] },
    );
    const text = manifest([stream('slow'), stream('users')]);
    const connector = configure(loadManifest({ name: 'x.yaml', text }), {}, { transport, clock });
    const streams = [{ name: 'slow' }, { name: 'users' }];
    for await (const event of connector.read({ streams })) {
      await new Promise(setImmediate);
      if (event.kind === 'records') break;
    }
    await connector.close();
    expect(isOver).toBe(true);
  });
});
