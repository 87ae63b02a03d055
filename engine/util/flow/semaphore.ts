export interface Semaphore {
  /** Resolves when one of the places is free, first come, first served. Call the result to give it back. */
  acquire(): Promise<() => void>;
  /** From now on there are so many places. Of those that are taken none is taken away. */
  resize(places: number): void;
}

export function createSemaphore(places: number): Semaphore {
  let size = places;
  let taken = 0;
  const waiting: (() => void)[] = [];
  function letIn(): void {
    while (taken < size) {
      const next = waiting.shift();
      if (next === undefined) return;
      taken += 1;
      next();
    }
  }
  /** One that is taken; call it to give it back. */
  function place(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      taken -= 1;
      letIn();
    };
  }
  return {
    acquire() {
      if (taken >= size) return new Promise((resolve) => waiting.push(() => resolve(place())));
      taken += 1;
      return Promise.resolve(place());
    },
    resize(next) {
      size = next;
      letIn();
    },
  };
}
