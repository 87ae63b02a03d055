import * as manifold from 'manifold-connectors';
import { components } from '../../engine/components/index.ts';
import { customTypes } from '../../engine/language/registry.ts';
import { type Answers, fakeClock, fakeTransport } from '../kit/scope.ts';

const stream = (name: string) => `  - name: ${name}
    retriever:
      requester:
        url: "https://api.test/${name}/{{ config['account'] }}"
        request_parameters: { part: "{{ stream_partition['part'] }}" }
      record_selector: { extractor: { field_path: [] } }
      partition_router: { type: ListPartitionRouter, cursor_field: part, values: ["1", "2", "3"] }
`;
const text = `version: 6.0.0
check: { type: CheckStream, stream_names: [items] }
concurrency_level: { default_concurrency: 1 }
streams:
${stream('items')}
spec:
  connection_specification:
    type: object
    required: [account]
    properties: { account: { type: string }, token: { type: string, airbyte_secret: true } }
`;

async function connected(answers: Answers = () => ({ body: [{ id: 1 }, { id: 2 }] }), account = 'a') {
  const transport = fakeTransport(answers);
  const source = await manifold.open({ text, name: 'x.yaml' });
  const connector = source.configure({ account, token: 'top-secret' }, { transport, clock: fakeClock() });
  return { source, connector, transport };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('the library', () => {
  it('knows what a manifest needs and what is wrong with it before there is a config', async () => {
    const { source } = await connected();
    expect(source.spec?.connectionSpecification).toMatchObject({ required: ['account'] });
    expect(source.validate().map((finding) => manifold.printDiagnostic(finding))).toEqual([]);
    const misspelt = await manifold.open({ text: text.replace('requester:', 'requestr:'), name: 'x.yaml' });
    expect(misspelt.validate().map((finding) => manifold.printDiagnostic(finding))).toEqual(
      expect.arrayContaining([expect.stringContaining('Did you mean "requester"?')]),
    );
  });

  it('checks, discovers and reads', async () => {
    const { connector } = await connected();
    expect(await connector.check()).toEqual({ succeeded: true });
    expect(await connector.discover()).toMatchObject([
      { name: 'items', supported_sync_modes: ['full_refresh'] },
    ]);
    expect((await all(connector.records('items'))).map(({ id }) => id)).toEqual([1, 2, 1, 2, 1, 2]);
    await connector.close();
  });

  it('asks for no more than what is taken, and stops with the loop', async () => {
    const { connector, transport } = await connected();
    for await (const record of connector.records('items')) if (record.id === 1) break;
    await new Promise(setImmediate);
    await connector.close();
    expect(transport.requests.length).toBeGreaterThan(0);
    expect(transport.requests.length).toBeLessThan(3);
  });

  it('stops when it is told to, and throws the reason', async () => {
    const { connector } = await connected();
    const stop = new AbortController();
    const taken: unknown[] = [];
    const reading = async () => {
      for await (const { id } of connector.records('items', { signal: stop.signal })) {
        taken.push(id);
        stop.abort(new Error('enough'));
      }
    };
    await expect(reading()).rejects.toThrow('enough');
    expect(taken).toEqual([1]);
  });

  it('does not take what was stopped for what came to its end', async () => {
    const stop = new AbortController();
    const enough = new Error('enough');
    const answers = () => {
      if (stop.signal.aborted) return { error: enough };
      stop.abort(enough);
      return { body: [{ id: 1 }] };
    };
    const { source } = await connected();
    const surroundings = { transport: fakeTransport(answers), clock: fakeClock(), signal: stop.signal };
    const connector = source.configure({ account: 'a' }, surroundings);
    await expect(all(connector.records('items'))).rejects.toThrow('enough');
    // Nor for a config that does not work.
    await expect(connector.check()).rejects.toThrow('enough');
  });

  it('ends what is read when it is closed, and begins nothing more', async () => {
    const closed = { message: 'The connector is closed.', kind: 'system_error' };
    const { connector, transport } = await connected();
    const taken: unknown[] = [];
    async function closing(): Promise<void> {
      for await (const record of connector.records('items')) {
        taken.push(record);
        await connector.close();
      }
    }
    await expect(closing()).rejects.toMatchObject(closed);
    expect(taken).toHaveLength(1);
    const asked = transport.requests.length;
    await connector.close();
    await expect(all(connector.records('items'))).rejects.toMatchObject(closed);
    await expect(all(connector.read({ streams: [{ name: 'items' }] }))).rejects.toMatchObject(closed);
    expect(transport.requests).toHaveLength(asked);
    // Whatever waits for an answer is told so, too.
    const { source } = await connected();
    const waiting = fakeTransport(() => other.close().then(() => ({ status: 503 })));
    const other = source.configure({ account: 'a' }, { transport: waiting, clock: fakeClock() });
    await expect(all(other.read({ streams: [{ name: 'items' }] }))).rejects.toMatchObject(closed);
  });

  it('refuses what is neither a manifest nor a config nor a state', async () => {
    await expect(manifold.open(5 as never)).rejects.toThrow(
      'A manifest is a path, a URL, { text } or { value }.',
    );
    const { source, connector } = await connected();
    expect(() => source.configure('{"account":"a"}' as never)).toThrow('The config is an object of fields');
    await expect(all(connector.records('items', { state: '{}' as never }))).rejects.toThrow(
      'The state of "items" is an object, as "onState" gave it, and no text.',
    );
    await connector.close();
  });

  it('says which states were reached, after the records they cover', async () => {
    const { connector } = await connected();
    const taken: unknown[] = [];
    const after: number[] = [];
    for await (const record of connector.records('items', { onState: () => after.push(taken.length) }))
      taken.push(record);
    expect(after.at(-1)).toBe(6);
  });

  it('throws what goes wrong, without secrets', async () => {
    const { connector } = await connected(() => ({ status: 401, body: { message: 'top-secret is wrong' } }));
    const failure = await all(connector.records('items')).catch((error: unknown) => error);
    expect(manifold.isConnectorError(failure)).toBe(true);
    expect(String(failure)).toContain('401');
    expect(String(failure)).not.toContain('top-secret');
    const unknown = await all(connector.records('itms')).catch((error: unknown) => error);
    expect(String(unknown)).toContain('Did you mean "items"?');
  });

  it('refuses a config that does not fit', async () => {
    const source = await manifold.open({ text });
    expect(() => source.configure({})).toThrow(/"?account"?/);
  });

  it('keeps two connectors apart', async () => {
    const source = await manifold.open({ text });
    const read = async (account: string) => {
      const transport = fakeTransport(({ url }) => ({ body: [{ url: url.pathname }] }));
      const config = { account };
      await using connector = source.configure(config, { transport });
      const records = await all(connector.records('items'));
      return new Set(records.map(({ url }) => url));
    };
    expect(await Promise.all([read('a'), read('b')])).toEqual([new Set(['/items/a']), new Set(['/items/b'])]);
  });

  it('exports every component that a hook may extend', () => {
    const extendable = components.filter(({ family }) => family in customTypes);
    const missing = extendable.filter(
      ({ type }) => !Object.values(manifold).some((value) => Object(value).type === type),
    );
    expect(missing.map(({ type }) => type)).toEqual([]);
  });
});
