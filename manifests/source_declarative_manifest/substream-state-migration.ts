import { defineHook, isObject, type StateMigration } from 'manifold-connectors';

const parents = ['conversations', 'companies'] as const;

/**
 * The state migration of Airbyte's own Intercom manifest: its children once kept the state of their parent beside their
 * own, `{ updated_at, conversations: { updated_at } }`, and are now looked for in `parent_state`.
 */
export const SubstreamStateMigration = defineHook('StateMigration', {
  name: 'SubstreamStateMigration',
  doc: "Moves the states of conversations and companies to where a child's parents are looked for.",
  fields: () => ({}),
  make: () =>
    Object.freeze<StateMigration>({
      shouldMigrate: (state) => state.parent_state === undefined && parents.some((name) => name in state),
      migrate(state) {
        const known = parents.filter((name) => isObject(state[name]));
        return { ...state, parent_state: Object.fromEntries(known.map((name) => [name, state[name]])) };
      },
    }),
});
