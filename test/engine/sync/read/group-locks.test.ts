import { createGroupLocks } from '../../../../engine/sync/read/group-locks.ts';

/** `a` and `b` are of one group, `child` reads a parent of that group, `free` is of none. */
const locks = () =>
  createGroupLocks({
    groupOf: (stream) => ({ a: 'crm', b: 'crm', child: 'other' })[stream],
    parentGroupsOf: (stream) => (stream === 'child' ? ['crm'] : []),
  });
const settled = () => new Promise(setImmediate);

describe('group locks', () => {
  it('let streams of one group in one after the other', async () => {
    const { acquire } = locks();
    const held = await acquire('a');
    let isIn = false;
    const second = acquire('b').then(() => {
      isIn = true;
    });
    await settled();
    expect(isIn).toBe(false);
    held.release();
    await second;
    expect(isIn).toBe(true);
  });

  it('let streams without a group in at once', async () => {
    const { acquire } = locks();
    await acquire('a');
    await acquire('free');
    await acquire('free');
  });

  it("take the groups of a stream's parents, until its partitions are known", async () => {
    const { acquire } = locks();
    const child = await acquire('child');
    let isIn = false;
    const parent = acquire('a').then(() => {
      isIn = true;
    });
    await settled();
    expect(isIn).toBe(false);
    child.releaseParents();
    await parent;
  });

  it('take all groups of a stream or none, so that nobody waits for each other', async () => {
    const { acquire } = locks();
    const a = await acquire('a');
    const child = acquire('child');
    const again = acquire('child');
    a.release();
    const first = await child;
    first.release();
    (await again).release();
    await acquire('a');
  });

  it('released twice let nobody in who should wait', async () => {
    const { acquire } = locks();
    const a = await acquire('a');
    a.release();
    await acquire('b');
    a.release();
    let isIn = false;
    void acquire('a').then(() => {
      isIn = true;
    });
    await settled();
    expect(isIn).toBe(false);
  });
});
