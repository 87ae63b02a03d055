import { components } from '../../../../engine/components/index.ts';
import { createRegistry } from '../../../../engine/language/registry.ts';
import type { MappingNode } from '../../../../engine/manifest/node.ts';
import { nodeFromValue } from '../../../../engine/manifest/node.ts';
import { createGroupLocks, type HeldGroups } from '../../../../engine/sync/read/group-locks.ts';
import { streamGroups } from '../../../../engine/sync/read/stream-groups.ts';

function streams(parents: Record<string, readonly string[]>): Map<string, MappingNode> {
  return new Map(
    Object.entries(parents).map(([name, names]) => {
      const parent_stream_configs = names.map((parent) => ({
        type: 'ParentStreamConfig',
        stream: { type: 'DeclarativeStream', name: parent },
      }));
      const partition_router = { type: 'SubstreamPartitionRouter', parent_stream_configs };
      const retriever = { type: 'SimpleRetriever', partition_router };
      const value = { type: 'DeclarativeStream', name, retriever };
      return [name, nodeFromValue(value, { name: 'x.yaml' }) as MappingNode];
    }),
  );
}

const registry = createRegistry(components);
const nothing = () => Promise.resolve();

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await nothing();
}

describe('streamGroups', () => {
  it('knows the groups of parents and of their parents', () => {
    const groups = streamGroups(
      new Map([
        ['crm', ['a']],
        ['mail', ['b']],
      ]),
      streams({ a: [], b: ['a'], c: ['b'] }),
      registry,
    );
    expect(groups.groupOf('a')).toBe('crm');
    expect(groups.parentGroupsOf('c')).toEqual(['mail', 'crm']);
    expect(groups.groupOf('c')).toBeUndefined();
  });
});

describe('createGroupLocks', () => {
  const members = new Map([['crm', ['a', 'b']]]);
  const locksOf = () =>
    createGroupLocks(streamGroups(members, streams({ a: [], b: [], c: ['a'], d: [] }), registry));

  const isHeld = { release: expect.any(Function), releaseParents: expect.any(Function) };

  async function ask(locks: ReturnType<typeof locksOf>, stream: string) {
    const asked: { held: HeldGroups | undefined } = { held: undefined };
    locks.acquire(stream).then((held) => {
      asked.held = held;
    });
    await settle();
    return asked;
  }

  it('lets one stream of a group in at a time', async () => {
    const locks = locksOf();
    const a = await ask(locks, 'a');
    const b = await ask(locks, 'b');
    expect(b.held).toBeUndefined();
    a.held?.release();
    await settle();
    expect(b.held).toEqual(isHeld);
  });

  it('lets streams without a group in at once', async () => {
    const locks = locksOf();
    await ask(locks, 'a');
    expect((await ask(locks, 'd')).held).toEqual(isHeld);
  });

  it('keeps a child out while the group of its parent is read', async () => {
    const locks = locksOf();
    const b = await ask(locks, 'b');
    const c = await ask(locks, 'c');
    expect(c.held).toBeUndefined();
    b.held?.release();
    await settle();
    expect(c.held).toEqual(isHeld);
  });

  it("frees the parent's group once the child knows its partitions", async () => {
    const locks = locksOf();
    const c = await ask(locks, 'c');
    const a = await ask(locks, 'a');
    expect(a.held).toBeUndefined();
    c.held?.releaseParents();
    await settle();
    expect(a.held).toEqual(isHeld);
    c.held?.release();
    expect((await ask(locks, 'b')).held).toBeUndefined();
  });
});
