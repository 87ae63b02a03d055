import type { StreamDefinition, StreamState } from '../../contract/families.ts';
import { textTable } from '../text-table.ts';
import { reachedText } from './reached.ts';

export interface Planned {
  readonly stream: string;
  /** What happens to the records that are there. */
  readonly mode: 'merge' | 'replace';
  readonly key: readonly string[];
  /** Where it goes on; empty when it is read from its beginning. */
  readonly from: string;
}

/** What a sync of these streams would do. */
export function plan(
  streams: readonly StreamDefinition[],
  states: ReadonlyMap<string, StreamState>,
  startsOver: boolean,
): readonly Planned[] {
  return streams.map((definition) => {
    const { name, primaryKey, cursorField } = definition;
    const state = states.get(name);
    return {
      stream: name,
      mode: cursorField === undefined || startsOver ? 'replace' : 'merge',
      key: (primaryKey ?? []).map((path) => path.join('.')),
      from: state === undefined ? '' : reachedText(state, definition),
    };
  });
}

export function planTable(planned: readonly Planned[]): string {
  const how = { merge: 'merge', replace: 'replace' } as const;
  return textTable({
    head: ['stream', 'records', 'key', 'goes on from'],
    rows: planned.map(({ stream, mode, key, from }) => [
      stream,
      mode === 'merge' && key.length === 0 ? 'add' : how[mode],
      key.join(', '),
      from === '' ? 'the beginning' : from,
    ]),
    isRight: [false, false, false, false],
  });
}
