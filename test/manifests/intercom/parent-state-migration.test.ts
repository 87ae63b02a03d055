import { ParentStateMigration } from '../../../manifests/intercom/parent-state-migration.ts';
import { makeComponent, testScope } from '../../kit/scope.ts';

const migration = makeComponent<'StateMigration'>(ParentStateMigration as never, { parent: 'conversations' });

const stream = {
  name: 'conversation_parts',
  node: testScope().node,
  cursorField: 'updated_at',
  partitionFields: ['id'],
};

describe('ParentStateMigration', () => {
  it('finds the state of the parent under its name', () => {
    const old = { updated_at: '1700000000', conversations: { updated_at: '1690000000' } };
    expect(migration.shouldMigrate(old, stream)).toBe(true);
    expect(migration.migrate(old, stream)).toEqual({
      use_global_cursor: true,
      state: { updated_at: '1700000000' },
      parent_state: { conversations: { updated_at: '1690000000' } },
    });
  });

  it('does without a position of the child, and writes numbers as the cursor does', () => {
    const conversations = { updated_at: '1690000000' };
    expect(migration.migrate({ conversations }, stream)).toEqual({
      use_global_cursor: true,
      parent_state: { conversations },
    });
    expect(migration.migrate({ updated_at: 1700000000, conversations }, stream)).toMatchObject({
      state: { updated_at: '1700000000' },
    });
  });

  it('leaves states of today alone', () => {
    const today = { state: { updated_at: '1' }, parent_state: { conversations: { updated_at: '1' } } };
    expect(migration.shouldMigrate(today, stream)).toBe(false);
    expect(migration.shouldMigrate({}, stream)).toBe(false);
    expect(migration.shouldMigrate({ updated_at: '1' }, stream)).toBe(false);
  });
});
