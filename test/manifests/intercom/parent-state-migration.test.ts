import { ParentStateMigration } from '../../../manifests/intercom/parent-state-migration.ts';
import { makeComponent } from '../../kit/scope.ts';

const migration = makeComponent<'StateMigration'>(ParentStateMigration as never, { parent: 'conversations' });

describe('ParentStateMigration', () => {
  it('finds the state of the parent under its name', () => {
    const old = { updated_at: '1700000000', conversations: { updated_at: '1690000000' } };
    expect(migration.shouldMigrate(old)).toBe(true);
    expect(migration.migrate(old)).toEqual({
      use_global_cursor: true,
      state: { updated_at: '1700000000' },
      parent_state: { conversations: { updated_at: '1690000000' } },
    });
  });

  it('does without a position of the child, and writes numbers as the cursor does', () => {
    const conversations = { updated_at: '1690000000' };
    expect(migration.migrate({ conversations })).toEqual({
      use_global_cursor: true,
      parent_state: { conversations },
    });
    expect(migration.migrate({ updated_at: 1700000000, conversations })).toMatchObject({
      state: { updated_at: '1700000000' },
    });
  });

  it('leaves states of today alone', () => {
    const today = { state: { updated_at: '1' }, parent_state: { conversations: { updated_at: '1' } } };
    expect(migration.shouldMigrate(today)).toBe(false);
    expect(migration.shouldMigrate({})).toBe(false);
    expect(migration.shouldMigrate({ updated_at: '1' })).toBe(false);
  });
});
