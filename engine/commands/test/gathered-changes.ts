/** Calls a function after a moment; returns what prevents that. */
export type Later = (then: () => void) => () => void;

export interface GatheredChanges {
  /** A file has changed; null where nobody knows which. */
  add(name: string | null): void;
  /** Forgets what has been gathered and not been acted upon. */
  end(): void;
}

/**
 * Gathers the names of files that change until none has for a moment: editors write a file in several steps. What changes
 * while something is done about others waits for that: a run builds on the memories of the one before.
 */
export function gatherChanges(
  later: Later,
  act: (names: readonly (string | null)[]) => Promise<void>,
): GatheredChanges {
  const changed = new Set<string | null>();
  let last = Promise.resolve();
  let forget = () => {};
  return {
    add(name) {
      changed.add(name);
      forget();
      forget = later(() => {
        const names = [...changed];
        changed.clear();
        last = last.then(() => act(names));
      });
    },
    end: () => forget(),
  };
}
