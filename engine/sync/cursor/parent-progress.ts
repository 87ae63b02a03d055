import type { JsonObject } from '../../util/json/json.ts';

/**
 * How far the parents' states may advance. Parents change their state with the last partition that it covers, so it is
 * valid once the first partition handed out with it and all before that one have been read.
 */
export interface ParentProgress {
  /** A partition was handed out while the parents were in `state`. Returns its number. */
  begin(state: JsonObject | undefined): number;
  /** The partition of this number has been read. */
  end(partition: number): void;
  /** Undefined as long as no parent state is known. */
  current(): JsonObject | undefined;
  set(state: JsonObject | undefined): void;
}

export function createParentProgress(initial: JsonObject | undefined): ParentProgress {
  let current = initial;
  let count = 0;
  // In the order in which they were handed out, the oldest first.
  const open = new Set<number>();
  const waiting: { readonly state: JsonObject | undefined; readonly partition: number }[] = [];

  return {
    begin(state) {
      const partition = count++;
      open.add(partition);
      if (waiting.length === 0 || waiting.at(-1)?.state !== state) waiting.push({ state, partition });
      return partition;
    },
    end(partition) {
      open.delete(partition);
      const [oldest = Number.POSITIVE_INFINITY] = open;
      let reached = 0;
      for (; reached < waiting.length; reached++) {
        const next = waiting[reached];
        if (next === undefined || next.partition >= oldest) break;
        current = next.state ?? current;
      }
      if (reached > 0) waiting.splice(0, reached);
    },
    current: () => current,
    set(state) {
      current = state;
    },
  };
}
