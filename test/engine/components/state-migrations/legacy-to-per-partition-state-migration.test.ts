import { LegacyToPerPartitionStateMigration } from '../../../../engine/components/state-migrations/legacy-to-per-partition-state-migration.ts';
import type { MigratedStream } from '../../../../engine/contract/families.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

const migration = makeComponent(LegacyToPerPartitionStateMigration, {
  type: 'LegacyToPerPartitionStateMigration',
});

const streamOf = (...partitionFields: readonly string[]): MigratedStream => ({
  name: 'items',
  node: testScope().node,
  cursorField: 'at',
  partitionFields,
});

describe('LegacyToPerPartitionStateMigration', () => {
  it('makes a list of partitions of positions by parent', () => {
    const state = { '5': { at: '2024-01-05' }, '7': { at: '2024-01-07' } };
    const stream = streamOf('company_id');
    expect(migration.shouldMigrate(state, stream)).toBe(true);
    expect(migration.migrate(state, stream)).toEqual({
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
    expect(migration.shouldMigrate(state, streamOf('company_id'))).toBe(false);
  });

  it('leaves states of several parents as they are', () => {
    expect(migration.shouldMigrate({ '5': { at: '2024-01-05' } }, streamOf('a', 'b'))).toBe(false);
  });

  it('leaves states of streams without partitions or cursor as they are', () => {
    const state = { '5': { at: '2024-01-05' } };
    expect(migration.shouldMigrate(state, { ...streamOf(), partitionFields: undefined })).toBe(false);
    expect(migration.shouldMigrate(state, { ...streamOf('id'), cursorField: undefined })).toBe(false);
  });
});
