import type { MigratedStream, StreamState } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { isObject } from '../../util/json/json.ts';

/** From `{ "5": { updated_at: "…" } }` to `{ states: [{ partition: { company_id: "5" }, cursor: { updated_at: "…" } }] }`. */
export const LegacyToPerPartitionStateMigration = component({
  family: 'StateMigration',
  type: 'LegacyToPerPartitionStateMigration',
  doc: 'Reads states that older connectors wrote: one position for each value of the parent.',
  fields: () => ({}),
  make() {
    return Object.freeze({
      shouldMigrate(state: StreamState, { cursorField, partitionFields }: MigratedStream) {
        if (partitionFields?.length !== 1 || cursorField === undefined || Object.hasOwn(state, 'states'))
          return false;
        const positions = Object.values(state);
        return positions.length > 0 && positions.every((position) => hasOnly(position, cursorField));
      },
      migrate(state: StreamState, { partitionFields: [field = ''] = [] }: MigratedStream) {
        const states = Object.entries(state).map(([value, cursor]) => ({
          partition: { [field]: value },
          cursor,
        }));
        return { states };
      },
    });
  },
});

function hasOnly(position: unknown, field: string): boolean {
  if (!isObject(position)) return false;
  const names = Object.keys(position);
  return names.length === 1 && names[0] === field;
}
