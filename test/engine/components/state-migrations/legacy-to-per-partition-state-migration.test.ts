import { LegacyToPerPartitionStateMigration } from '../../../../engine/components/state-migrations/legacy-to-per-partition-state-migration.ts';
import { testRouter } from '../../../kit/cursors.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

function migrationFor(partitionFields: readonly string[]) {
  const scope = testScope({
    stream: { cursorField: 'at' },
    scope: { router: testRouter([], { partitionFields }) },
  });
  return makeComponent(
    LegacyToPerPartitionStateMigration,
    { type: 'LegacyToPerPartitionStateMigration' },
    scope,
  );
}

describe('LegacyToPerPartitionStateMigration', () => {
  it('makes a list of partitions of positions by parent', () => {
    const state = { '5': { at: '2024-01-05' }, '7': { at: '2024-01-07' } };
    const migration = migrationFor(['company_id']);
    expect(migration.shouldMigrate(state)).toBe(true);
    expect(migration.migrate(state)).toEqual({
      states: [
        { partition: { company_id: '5' }, cursor: { at: '2024-01-05' } },
        { partition: { company_id: '7' }, cursor: { at: '2024-01-07' } },
      ],
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['that are new already', { states: [] }],
    ['that are empty', {}],
    ['of a stream as a whole', { at: '2024-01-05' }],
    ['with another cursor field', { '5': { updated: '2024-01-05' } }],
    ['with more than a position', { '5': { at: '2024-01-05', page: 2 } }],
  ])('leaves states %s as they are', (_, state) => {
    expect(migrationFor(['company_id']).shouldMigrate(state)).toBe(false);
  });

  it('leaves states of several parents as they are', () => {
    expect(migrationFor(['a', 'b']).shouldMigrate({ '5': { at: '2024-01-05' } })).toBe(false);
  });
});
