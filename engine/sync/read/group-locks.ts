import type { StreamGroups } from './stream-groups.ts';

/** Keeps streams of one group (`stream_groups`) from being read at the same time. */
export interface GroupLocks {
  /** Resolves when nothing else reads in the stream's group or in those of its parents. */
  acquire(stream: string): Promise<HeldGroups>;
}

export interface HeldGroups {
  /** All partitions are known, so the parents are no longer read for this stream. */
  releaseParents(): void;
  release(): void;
}

interface Waiting {
  readonly groups: ReadonlySet<string>;
  readonly enter: () => void;
}

/** A stream takes all its groups at once or none, so two streams never wait for each other. */
export function createGroupLocks({ groupOf, parentGroupsOf }: StreamGroups): GroupLocks {
  const taken = new Set<string>();
  let queue: readonly Waiting[] = [];

  function letIn(): void {
    const before = queue;
    queue = [];
    const left: Waiting[] = [];
    for (const waiting of before) {
      if ([...waiting.groups].some((group) => taken.has(group))) {
        left.push(waiting);
        continue;
      }
      for (const group of waiting.groups) taken.add(group);
      waiting.enter();
    }
    queue = [...left, ...queue];
  }

  function release(groups: Iterable<string>): void {
    for (const group of groups) taken.delete(group);
    letIn();
  }

  return Object.freeze({
    async acquire(stream: string): Promise<HeldGroups> {
      const own = groupOf(stream);
      const parents = new Set(parentGroupsOf(stream));
      const groups = own === undefined ? parents : new Set([own, ...parents]);
      if (groups.size > 0) {
        await new Promise<void>((resolve) => {
          queue = [...queue, { groups, enter: resolve }];
          letIn();
        });
      }
      const held = new Set(groups);
      return {
        releaseParents() {
          const over = [...parents].filter((group) => held.delete(group));
          release(over);
        },
        release() {
          const rest = [...held];
          held.clear();
          release(rest);
        },
      };
    },
  });
}
