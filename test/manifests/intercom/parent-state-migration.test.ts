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

  const moved = (at: string) => ({
    use_global_cursor: true,
    state: { updated_at: at },
    parent_state: { conversations: { updated_at: at } },
  });
  const entry = (id: string, at: unknown, more = {}) => ({
    partition: { conversation_id: id, parent_slice: {}, ...more },
    cursor: { updated_at: at },
  });

  it.each([
    ['one position and nothing of the parent', { updated_at: '1700000000' }],
    [
      'a position from before beside it',
      { updated_at: 1700000000, prior_state: { updated_at: '1600000000' } },
    ],
    ['a position for each parent', { states: [entry('1', '1600000000'), entry('2', '1700000000')] }],
    [
      'positions that are there twice',
      { states: [entry('2', '1700000000'), entry('2', 1650000000), entry('1', '900000000', { id: '1' })] },
    ],
    [
      'a position for all and empty ones of parents',
      { state: { updated_at: '1700000000' }, parent_state: null },
    ],
  ])('resumes from %s', (_name, old) => {
    expect(migration.shouldMigrate(old, stream)).toBe(true);
    expect(migration.migrate(old, stream)).toEqual(moved('1700000000'));
    expect(migration.shouldMigrate(migration.migrate(old, stream), stream)).toBe(false);
  });

  it('keeps what is known of the parent', () => {
    const parent_state = { conversations: { updated_at: '1690000000' } };
    expect(migration.migrate({ states: [entry('1', '1700000000')], parent_state }, stream)).toEqual({
      ...moved('1700000000'),
      parent_state,
    });
  });

  it('leaves states of today alone', () => {
    const today = { state: { updated_at: '1' }, parent_state: { conversations: { updated_at: '1' } } };
    expect(migration.shouldMigrate(today, stream)).toBe(false);
    expect(migration.shouldMigrate({}, stream)).toBe(false);
    expect(migration.shouldMigrate({ states: [] }, stream)).toBe(false);
  });
});
