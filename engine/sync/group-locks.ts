import { createSemaphore, type Semaphore } from '../util/semaphore.ts';

/** Keeps streams of one block group (`stream_groups`) from being read at the same time. */
export interface GroupLocks {
  acquire(stream: string): Promise<() => void>;
}

export function createGroupLocks(groupOf: (stream: string) => string | undefined): GroupLocks {
  const locks = new Map<string, Semaphore>();
  return {
    async acquire(stream) {
      const group = groupOf(stream);
      if (group === undefined) return () => {};
      const lock = locks.get(group) ?? createSemaphore(1);
      locks.set(group, lock);
      return lock.acquire();
    },
  };
}
