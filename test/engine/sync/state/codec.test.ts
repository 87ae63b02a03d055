import type { StreamState } from '../../../../engine/contract/families.ts';
import {
  finalState,
  onlyValue,
  partitionPositions,
  readPosition,
  readState,
  writePosition,
  writeState,
} from '../../../../engine/sync/state/codec.ts';

function read(json: StreamState) {
  const state = readState(json);
  if (state === undefined) throw new Error('There is a state.');
  return state;
}

const red = { partition: { colour: 'red' }, cursor: { at: '2024-01-05' } };

describe('readState', () => {
  it('finds no state in nothing', () => {
    expect(readState(undefined)).toBeUndefined();
    expect(readState({})).toBeUndefined();
  });

  it.each<[string, StreamState, string]>([
    ['a position', { at: '2024-01-05' }, 'plain'],
    ['ranges', { state_type: 'date-range', slices: [] }, 'plain'],
    ['whatever a hook keeps', { states: { red: 1 } }, 'plain'],
    ['positions of partitions', { states: [red] }, 'per-partition'],
    ['no positions of partitions', { states: null, state: { at: '2024-01-05' } }, 'per-partition'],
    ['only a position of all', { state: { at: '2024-01-05' } }, 'per-partition'],
    ['one position for all', { use_global_cursor: true, state: { at: '2024-01-05' } }, 'global'],
    ['both', { use_global_cursor: true, states: [red] }, 'global'],
    ['the end of a full refresh', { __ab_no_cursor_state_message: true }, 'final'],
    ['a marker that is false', { __ab_no_cursor_state_message: false }, 'plain'],
  ])('takes %s for what it is', (_, json, kind) => {
    expect(read(json)).toMatchObject({ kind, json });
  });

  it('reads the positions of partitions and of their parents', () => {
    const parent_state = { parents: { at: '2024-01-07' } };
    const json = { states: [red], state: { at: '2024-01-09' }, lookback_window: '2.9', parent_state };
    expect(read(json)).toEqual({
      kind: 'per-partition',
      isComplete: false,
      json,
      partitions: [red],
      all: { at: '2024-01-09' },
      lookbackWindow: 2,
      parentStates: parent_state,
    });
  });

  it('has every partition only when it says that it keeps no position for all', () => {
    expect(read({ use_global_cursor: false, states: [red] })).toMatchObject({ isComplete: true });
    expect(read({ use_global_cursor: false, states: [], state: { at: '2024-01-09' } })).toMatchObject({
      isComplete: false,
    });
    expect(read({ states: [red] })).toMatchObject({ isComplete: false });
  });

  it('makes do with what is missing or cannot be read', () => {
    const json = { states: [{}], state: 'soon', lookback_window: 'long', parent_state: {} };
    expect(read(json)).toMatchObject({
      partitions: [{ partition: {}, cursor: {} }],
      all: undefined,
      lookbackWindow: 0,
      parentStates: undefined,
    });
  });
});

describe('partitionPositions', () => {
  it('takes a plain state for the position of all partitions', () => {
    const json = { at: '2024-01-05', parent_state: { parents: { at: '2024-01-07' } } };
    expect(partitionPositions(read(json))).toEqual({
      partitions: [],
      all: json,
      lookbackWindow: 0,
      parentStates: json.parent_state,
    });
  });

  it.each([
    ['a text', 'red'],
    ['a mapping', { red: 1 }],
    ['a list of something else', ['red']],
  ])('refuses %s in place of partitions', (_, states) => {
    for (const json of [{ states }, { states, state: { at: '2024-01-05' } }])
      expect(() => partitionPositions(read(json))).toThrow('it has "states" that are not a list of');
  });
});

describe('readPosition', () => {
  it.each(['date-range', 'integer'])('reads ranges of the type "%s"', (state_type) => {
    const slices = [{ start: 1, end: 2, most_recent_cursor_value: null }, 'junk', { start: 4, end: 6 }];
    expect(readPosition({ state_type, slices })).toEqual({
      kind: 'ranges',
      ranges: [
        { start: 1, end: 2, mostRecent: undefined },
        { start: 4, end: 6, mostRecent: undefined },
      ],
    });
  });

  it('takes anything else for a value and what goes with it', () => {
    for (const fields of [{ at: 1, note: 'x' }, { state_type: 'none' }, {}])
      expect(readPosition(fields)).toEqual({ kind: 'value', fields });
  });
});

describe('what is written', () => {
  it('is read as it was', () => {
    const positions = {
      partitions: [red],
      all: { at: '2024-01-09' },
      lookbackWindow: 3,
      parentStates: { parents: { at: 1 } },
    };
    expect(read(writeState('per-partition', positions))).toMatchObject({
      kind: 'per-partition',
      ...positions,
    });
    expect(read(writeState('global', positions))).toMatchObject({
      kind: 'global',
      ...positions,
      partitions: [],
    });
    expect(read(finalState).kind).toBe('final');
  });

  it('has no fields for what is not known', () => {
    const positions = { partitions: [], all: undefined, lookbackWindow: 0, parentStates: undefined };
    expect(writeState('global', positions)).toEqual({ use_global_cursor: true, lookback_window: 0 });
  });

  it('keeps what stood beside a value, and replaces ranges', () => {
    expect(writePosition(readPosition({ at: 1, note: 'x' }), 'at', 2)).toEqual({ at: 2, note: 'x' });
    expect(writePosition(readPosition({ state_type: 'integer', slices: [] }), 'at', 2)).toEqual({ at: 2 });
  });
});

describe('onlyValue', () => {
  it('is there when there is a single field beside the marker', () => {
    expect(onlyValue(read({ at: 5 }))).toBe(5);
    expect(onlyValue(read({ at: 5, __ab_no_cursor_state_message: true }))).toBe(5);
    expect(onlyValue(read({ at: 5, note: 'x' }))).toBeUndefined();
    expect(onlyValue(read(finalState))).toBeUndefined();
  });
});
