import {
  defineHook,
  isObject,
  type JsonObject,
  type StateMigration,
  type StreamState,
} from 'manifold-connectors';
import * as z from 'zod';

/**
 * Reads the states that were once written for children, which now have one position for all and that of their parent:
 *
 * - `{ updated_at, conversations: { updated_at } }`: the parent's state under its name.
 * - `{ states: [{ partition, cursor }] }`: a position for each parent, some of them twice. The latest one tells how far
 *   the last sync came, for it asked for every parent.
 * - `{ updated_at }`, with or without more beside it: nothing of the parent, which then stood where the child did.
 */
export const ParentStateMigration = defineHook('StateMigration', {
  name: 'ParentStateMigration',
  doc: 'Moves the states of children and parents from where they once were to where they are looked for now.',
  fields: () => ({
    parent: z.string().describe('Name of the parent stream.'),
    cursor_field: z
      .string()
      .default('updated_at')
      .describe('The field whose value is the position of the child.'),
  }),
  make({ parent, cursor_field }) {
    const valueIn = (state: unknown): string | undefined => {
      const value = isObject(state) ? state[cursor_field] : undefined;
      return value === undefined || value === null || value === '' ? undefined : String(value);
    };
    const positionOf = (state: StreamState): string | undefined =>
      valueIn(state.state) ?? valueIn(state) ?? latest(entriesOf(state).map(({ cursor }) => valueIn(cursor)));
    const parentOf = (state: StreamState): JsonObject | undefined => {
      for (const holder of [state.parent_state, state]) {
        const found = isObject(holder) ? holder[parent] : undefined;
        if (isObject(found) && valueIn(found) !== undefined) return found;
      }
      const position = positionOf(state);
      return position === undefined ? undefined : { [cursor_field]: position };
    };

    return Object.freeze<StateMigration>({
      shouldMigrate: (state) =>
        (!isObject(state.state) || !isObject(state.parent_state)) && parentOf(state) !== undefined,
      migrate(state): StreamState {
        const position = positionOf(state);
        return {
          ...Object.fromEntries(
            kept.filter((name) => isObject(state[name])).map((name) => [name, state[name]]),
          ),
          use_global_cursor: true,
          ...(position !== undefined && { state: { [cursor_field]: position } }),
          parent_state: { [parent]: parentOf(state) },
        };
      },
    });
  },
});

/** What hooks have added to a state. */
const kept = ['deletions', 'read_parents'];

function entriesOf({ states }: StreamState): readonly JsonObject[] {
  return Array.isArray(states) ? states.filter(isObject) : [];
}

/** Of UNIX seconds. */
function latest(values: readonly (string | undefined)[]): string | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.reduce<string | undefined>(
    (last, value) => (last === undefined || Number(value) > Number(last) ? value : last),
    undefined,
  );
}
