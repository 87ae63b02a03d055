import { defineHook } from '../../../../engine/language/hook.ts';
import { manifestOf, readManifest, readStream } from '../../../kit/read-manifest.ts';
import type { Answer } from '../../../kit/scope.ts';

const stream = (rest = '', retriever = '') => `
name: items
${rest}
retriever:
  requester: { url: "https://api.test/items" }
  record_selector: { extractor: { field_path: [] } }
  ${retriever}
`;
const body = (...days: readonly string[]): Answer => ({ body: days.map((at, id) => ({ id, at })) });
const daily = `incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  datetime_format: "%Y-%m-%d"
  start_datetime: "2024-01-01"
  end_datetime: "2024-01-04"
  step: P2D
  cursor_granularity: P1D
  start_time_option: { inject_into: request_parameter, field_name: from }
  end_time_option: { inject_into: request_parameter, field_name: to }
`;

describe('DeclarativeStream', () => {
  it('without a cursor is read as a whole, and its state says so', async () => {
    const { events, states } = await readStream(stream(), [body('2024-01-01')]);
    expect(events).toEqual(['STARTED', 'RUNNING', 'records 1', 'state', 'COMPLETE']);
    expect(states).toEqual([{ __ab_no_cursor_state_message: true }]);
  });

  it('with a cursor is read window by window, each followed by the state that covers it', async () => {
    const { asked, states, events } = await readStream(
      stream(daily),
      [body('2024-01-01', '2024-01-02'), body('2024-01-03')],
      { root: 'concurrency_level: { default_concurrency: 1 }' },
    );
    expect(asked).toEqual([
      'GET /items?from=2024-01-01&to=2024-01-02',
      'GET /items?from=2024-01-03&to=2024-01-04',
    ]);
    expect(events).toEqual([
      'STARTED',
      'RUNNING',
      'records 2',
      'state',
      'records 1',
      'state',
      'state',
      'COMPLETE',
    ]);
    expect(states.map(({ at }) => at)).toEqual(['2024-01-02', '2024-01-03', '2024-01-03']);
  });

  it('whose schema comes from the API begins with it, and fails where that fails', async () => {
    const remote = stream(`schema_loader:
  type: DynamicSchemaLoader
  retriever:
    requester: { url: "https://api.test/fields" }
    record_selector: { extractor: { field_path: [] } }
  schema_type_identifier: { key_pointer: [name], schema_pointer: [fields] }`);
    const fields: Answer = { body: [{ fields: [{ name: 'id', type: 'string' }] }] };
    const read = await readStream(remote, [fields, body('2024-01-01')]);
    expect(read.asked).toEqual(['GET /fields', 'GET /items']);
    expect(read.statuses.at(-1)).toBe('COMPLETE');
    const refused = await readStream(remote, [{ status: 403, body: {} }]);
    expect(refused.asked).toEqual(['GET /fields']);
    expect(refused.statuses.at(-1)).toBe('INCOMPLETE');
    const other = remote.trim().replace('name: items', 'name: others').replaceAll('\n', '\n    ');
    const both = manifestOf(remote.trim(), '').trimEnd().concat(`\n  -\n    ${other}`);
    const answer = ({ pathname }: URL): Answer => (pathname === '/fields' ? fields : body());
    const { asked } = await readManifest(both, (request) => answer(request.url));
    expect(asked.filter((line) => line === 'GET /fields')).toHaveLength(1);
  });

  it('goes on from its state', async () => {
    const { asked } = await readStream(stream(daily), [body()], { state: { at: '2024-01-03' } });
    expect(asked).toEqual(['GET /items?from=2024-01-03&to=2024-01-04']);
  });

  it('reads states of older versions as its migrations say', async () => {
    const migrations = `state_migrations: [{ type: CustomStateMigration, class_name: source.Renamed }]`;
    const Renamed = defineHook('StateMigration', {
      name: 'Renamed',
      fields: () => ({}),
      make: () => ({
        shouldMigrate: (state) => 'old' in state,
        migrate: (state) => ({ at: state.old }),
      }),
    });
    const given = { hooks: [Renamed], state: { old: '2024-01-04' } };
    const { asked } = await readStream(stream(`${daily}${migrations}`), [body()], given);
    expect(asked).toEqual(['GET /items?from=2024-01-04&to=2024-01-04']);
  });

  it('changes every record in the order of its transformations', async () => {
    const { records } = await readStream(
      stream(`transformations:
  - { type: AddFields, fields: [{ path: [day], value: "{{ record['at'] }}" }] }
  - { type: RemoveFields, field_pointers: [[at]] }`),
      [body('2024-01-01')],
    );
    expect(records).toEqual([{ id: 0, day: '2024-01-01' }]);
  });

  it('filters at the client by its state', async () => {
    const { records } = await readStream(
      stream(daily.replace('step', 'is_client_side_incremental: true\n  step')),
      [body('2024-01-01', '2024-01-03'), body('2024-01-04')],
      { state: { at: '2024-01-03' } },
    );
    expect(records.map(({ at }) => at)).toEqual(['2024-01-03']);
  });

  it('asks for the parts of every record of its parent', async () => {
    const children = stream(
      '',
      `partition_router:
    type: SubstreamPartitionRouter
    parent_stream_configs:
      - { parent_key: id, partition_field: parent, stream: { name: parents, retriever: { requester: { url: "https://api.test/parents" }, record_selector: { extractor: { field_path: [] } } } } }`,
    ).replace('"https://api.test/items"', '"https://api.test/items/{{ stream_partition.parent }}"');
    const { asked, records } = await readStream(children, ({ url }) => ({
      body: url.pathname === '/parents' ? [{ id: 'a' }, { id: 'b' }] : [{ path: url.pathname }],
    }));
    expect(asked).toEqual(['GET /parents', 'GET /items/a', 'GET /items/b']);
    expect(records).toEqual([{ path: '/items/a' }, { path: '/items/b' }]);
  });

  it('says where it stopped when the API fails, and lets the others be read', async () => {
    const manifest = `
version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [] }
definitions:
  selector: { extractor: { field_path: [] } }
streams:
  - { name: broken, retriever: { requester: { url: "https://api.test/broken" }, record_selector: { $ref: "#/definitions/selector" } } }
  - { name: well, retriever: { requester: { url: "https://api.test/well" }, record_selector: { $ref: "#/definitions/selector" } } }
`;
    const { statuses, errors, records } = await readManifest(manifest, ({ url }) =>
      url.pathname === '/broken' ? { status: 403, body: { message: 'No such plan' } } : { body: [{ id: 1 }] },
    );
    expect(records).toEqual([{ id: 1 }]);
    expect(statuses).toEqual(expect.arrayContaining(['COMPLETE', 'INCOMPLETE']));
    expect(errors.map(({ message, path }) => [path[0], /No such plan/.test(message)])).toEqual([
      ['stream "broken"', true],
    ]);
  });
});
