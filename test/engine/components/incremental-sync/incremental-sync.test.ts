import { DatetimeBasedCursor } from '../../../../engine/components/incremental-sync/datetime-based-cursor.ts';
import { IncrementingCountCursor } from '../../../../engine/components/incremental-sync/incrementing-count-cursor.ts';
import { MinMaxDatetime } from '../../../../engine/components/incremental-sync/min-max-datetime.ts';
import { RequestOption } from '../../../../engine/components/request-options/request-option.ts';
import type { Cursor } from '../../../../engine/contract/families.ts';
import { emptyParts } from '../../../../engine/contract/request-parts.ts';
import type { Slice } from '../../../../engine/contract/slice.ts';
import { openCursor } from '../../../../engine/sync/cursor/open-cursor.ts';
import { readState } from '../../../../engine/sync/state/codec.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { collect, testRouter, windowsOf } from '../../../kit/cursors.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

const scopeWith = (config: JsonObject = {}) =>
  testScope({ config, now: Date.UTC(2024, 0, 31, 12), components: [MinMaxDatetime, RequestOption] });

const january = {
  type: 'DatetimeBasedCursor',
  cursor_field: 'updated_at',
  datetime_format: '%Y-%m-%d',
  start_datetime: '2024-01-01',
};

function open(
  definition: JsonObject,
  {
    config = {},
    state = undefined as JsonObject | undefined,
    cursorField = '' as string | readonly string[],
  } = {},
): Cursor {
  const scope = scopeWith(config);
  const incremental = makeComponent(DatetimeBasedCursor, { ...january, ...definition }, scope);
  return openCursor({
    incremental,
    router: undefined,
    stream: 'items',
    state: readState(state),
    cursorField,
    clock: scope.clock,
  });
}

describe('DatetimeBasedCursor', () => {
  it('reads until now by default', async () => {
    expect(await windowsOf(open({}))).toEqual(['2024-01-01..2024-01-31']);
  });

  it('takes bounds with a format of their own', async () => {
    const bound = (datetime: string) => ({ type: 'MinMaxDatetime', datetime, datetime_format: '%d.%m.%Y' });
    const cursor = open({ start_datetime: bound('05.01.2024'), end_datetime: bound('09.01.2024') });
    expect(await windowsOf(cursor)).toEqual(['2024-01-05..2024-01-09']);
  });

  it('gives bounds without a format its own', async () => {
    const cursor = open({ start_datetime: { type: 'MinMaxDatetime', datetime: '2024-01-05' } });
    expect(await windowsOf(cursor)).toEqual(['2024-01-05..2024-01-31']);
  });

  it.each([
    ['2024-13-01', '"2024-13-01" is not a datetime of the format "%Y-%m-%d", as is expected here.'],
    ['', 'A datetime of the format "%Y-%m-%d" is expected here, and there is none.'],
  ])('says which bound of the config is none: %j', (from, message) => {
    const bound = { type: 'MinMaxDatetime', datetime: "{{ config['from'] }}" };
    for (const definition of [
      { start_datetime: bound },
      { start_datetime: { ...bound, datetime: '2024-01-01', min_datetime: "{{ config['from'] or 'x' }}" } },
      { start_datetime: "{{ config['from'] }}" },
    ]) {
      const place = { pointer: expect.stringMatching(/datetime$/) };
      expect(() => open(definition, { config: { from } })).toThrow(
        expect.objectContaining({ kind: 'config_error', nodes: [expect.objectContaining(place)] }),
      );
    }
    expect(() => open({ start_datetime: bound }, { config: { from } })).toThrow(message);
  });

  it('reads step and lookback from the config, and ignores them when they are empty', async () => {
    const definition = {
      step: "{{ config['step'] }}",
      cursor_granularity: 'P1D',
      lookback_window: "{{ config['back'] }}",
    };
    const state = { updated_at: '2024-01-20' };
    expect(await windowsOf(open(definition, { config: { step: 'P10D', back: 'P2D' }, state }))).toEqual([
      '2024-01-18..2024-01-27',
      '2024-01-28..2024-01-31',
    ]);
    expect(await windowsOf(open(definition, { config: { step: '', back: '' }, state }))).toEqual([
      '2024-01-20..2024-01-31',
    ]);
  });

  it('needs step and granularity together', () => {
    expect(() => open({ step: 'P1D' })).toThrow('"cursor_granularity"');
    expect(() => open({ cursor_granularity: 'P1D' })).toThrow('"step"');
  });

  it('names window boundaries as it is told, and puts them into requests', async () => {
    const option = (field_name: string) => ({
      type: 'RequestOption',
      inject_into: 'request_parameter',
      field_name,
    });
    const cursor = open({
      partition_field_start: 'since',
      partition_field_end: 'until',
      start_time_option: option('from'),
      end_time_option: option('to'),
    });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    expect(slice.cursor).toEqual({ since: '2024-01-01', until: '2024-01-31' });
    const parts = emptyParts();
    cursor.addTo(parts, { slice });
    expect(parts.params).toEqual({ from: '2024-01-01', to: '2024-01-31' });
  });

  it('ends with the last whole week when it is clamped', async () => {
    const clamping = { target: 'WEEK', target_details: { weekday: 'MONDAY' } };
    const definition = { step: 'P2W', cursor_granularity: 'P1D', clamping, start_datetime: '2024-01-03' };
    expect(await windowsOf(open(definition))).toEqual(['2024-01-08..2024-01-21', '2024-01-22..2024-01-28']);
  });

  it('ends a day before the week when a clamped window has no granularity to speak of', async () => {
    const clamping = { target: 'WEEK', target_details: { weekday: 'MONDAY' } };
    const definition = { step: 'P2W', cursor_granularity: 'PT0S', clamping, start_datetime: '2024-01-03' };
    expect((await windowsOf(open(definition))).at(-1)).toBe('2024-01-22..2024-01-28');
  });

  it('says which clamping there is', () => {
    expect(() => open({ clamping: { target: 'YEAR' } })).toThrow('DAY, WEEK or MONTH');
    expect(() => open({ clamping: { target: 'WEEK' } })).toThrow('"weekday"');
    expect(() => open({ clamping: { target: 'WEEK', target_details: { weekday: 'FUNDAY' } } })).toThrow(
      'FUNDAY',
    );
  });

  it("keeps the user's cursor field where that is allowed", () => {
    const state = (definition: JsonObject) => open(definition, { cursorField: 'created_at' }).state();
    expect(state({ allow_catalog_defined_cursor_field: true })).toEqual({ created_at: '2024-01-01' });
    expect(state({})).toEqual({ updated_at: '2024-01-01' });
  });

  it("takes the user's cursor field as catalogs have it, but none inside another", () => {
    const state = (cursorField: readonly string[], allow_catalog_defined_cursor_field = true) =>
      open({ allow_catalog_defined_cursor_field }, { cursorField }).state();
    expect(state(['created_at'])).toEqual({ created_at: '2024-01-01' });
    expect(state([])).toEqual({ updated_at: '2024-01-01' });
    expect(() => state(['meta', 'at'])).toThrow('"meta.at" as cursor field of stream "items"');
    expect(state(['meta', 'at'], false)).toEqual({ updated_at: '2024-01-01' });
  });

  it('keeps one position for each partition of a router', async () => {
    const scope = scopeWith();
    const option = { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'from' };
    const incremental = makeComponent(DatetimeBasedCursor, { ...january, start_time_option: option }, scope);
    const router = testRouter([{ id: 1 }], {
      addTo: (parts, { slice }) => {
        parts.params.id = slice?.partition.id;
      },
    });
    const cursor = openCursor({ incremental, router, stream: 'items', state: undefined, clock: scope.clock });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    const parts = emptyParts();
    cursor.addTo(parts, { slice });
    expect(parts.params).toEqual({ id: 1, from: '2024-01-01' });
    expect(cursor.state()).toMatchObject({
      states: [{ partition: { id: 1 }, cursor: { updated_at: '2024-01-01' } }],
    });
  });
});

describe('MinMaxDatetime', () => {
  const bounded = (definition: JsonObject, format?: string) =>
    makeComponent(MinMaxDatetime, { type: 'MinMaxDatetime', ...definition }, scopeWith())
      .datetime(format)
      .isoformat();

  it('keeps a datetime between two others', () => {
    const [min_datetime, max_datetime] = ['2024-01-10', '2024-01-20'];
    const at = (datetime: string) =>
      bounded({ datetime, min_datetime, max_datetime }, '%Y-%m-%d').slice(0, 10);
    expect(['2024-01-01', '2024-01-15', '2024-01-30'].map(at)).toEqual([
      '2024-01-10',
      '2024-01-15',
      '2024-01-20',
    ]);
  });

  it('reads microseconds and an offset when nobody names a format', () => {
    expect(bounded({ datetime: '2024-01-01T00:00:00.5+02:00' })).toBe('2024-01-01T00:00:00.500000+02:00');
  });

  it('refuses what is written otherwise', () => {
    expect(() => bounded({ datetime: '01.01.2024' }, '%Y-%m-%d')).toThrow('is not a datetime of the format');
  });
});

describe('IncrementingCountCursor', () => {
  const counting = (definition: JsonObject, config: JsonObject = {}) => {
    const scope = scopeWith(config);
    const incremental = makeComponent(
      IncrementingCountCursor,
      { type: 'IncrementingCountCursor', cursor_field: 'id', ...definition },
      scope,
    );
    return openCursor({
      incremental,
      router: undefined,
      stream: 'items',
      state: undefined,
      clock: scope.clock,
    });
  };

  it.each<[string, JsonObject, number]>([
    ['0 by default', {}, 0],
    ['a number', { start_value: 7 }, 7],
    ['a template', { start_value: "{{ config['first'] }}" }, 9],
  ])('starts at %s', async (_, definition, start) => {
    const [slice] = await collect(counting(definition, { first: 9 }).slices());
    expect(slice?.cursor.start).toBe(start);
  });

  it('puts the start into requests', async () => {
    const option = { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'since_id' };
    const cursor = counting({ start_value: 7, start_value_option: option });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    const parts = emptyParts();
    cursor.addTo(parts, { slice });
    expect(parts.params).toEqual({ since_id: 7 });
  });

  it('refuses a start that is no number', () => {
    expect(() => counting({ start_value: "{{ config['first'] }}" }, { first: 'soon' })).toThrow('soon');
  });
});
