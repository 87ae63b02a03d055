import { defineHook, isObject, type StateMigration, type StreamState } from 'manifold-connectors';
import * as z from 'zod';

/**
 * Reads the states that the reference connector once wrote for children, with the parent's state under its name:
 * `{ updated_at: "…", conversations: { updated_at: "…" } }`.
 */
export const ParentStateMigration = defineHook('StateMigration', {
  name: 'ParentStateMigration',
  doc: 'Moves the state of a parent from under its name to where it is looked for now.',
  fields: () => ({
    parent: z.string().describe('Name of the parent stream.'),
    cursor_field: z
      .string()
      .default('updated_at')
      .describe('The field whose value is the position of the child.'),
  }),
  make({ parent, cursor_field }) {
    return Object.freeze<StateMigration>({
      shouldMigrate: (state) => isObject(state[parent]) && state.parent_state === undefined,
      migrate(state): StreamState {
        const position = state[cursor_field];
        return {
          use_global_cursor: true,
          ...(position !== undefined && { state: { [cursor_field]: String(position) } }),
          parent_state: { [parent]: state[parent] },
        };
      },
    });
  },
});
