import type { SlicePlace } from '../../contract/families.ts';
import { createSemaphore } from '../../util/flow/semaphore.ts';

export interface OpenSlice extends SlicePlace {
  /** The slice has ended. */
  close(): void;
}

/** Room for the slices of a sync. */
export interface SlicePlaces {
  /** Resolves when a slice may ask, first come, first served. */
  open(): Promise<OpenSlice>;
  resize(concurrency: number): void;
}

/**
 * `concurrency` slices may ask at once, and as many again may have an answer that is not written yet: a bound on what is
 * kept in memory.
 */
export function createSlicePlaces(concurrency: number): SlicePlaces {
  const all = createSemaphore(2 * concurrency);
  const asking = createSemaphore(concurrency);
  return Object.freeze({
    async open() {
      const end = await all.acquire();
      let leave = await asking.acquire();
      return {
        giveWay() {
          leave();
          return othersHaveAsked();
        },
        async takeBack() {
          leave = await asking.acquire();
        },
        close() {
          leave();
          end();
        },
      };
    },
    resize(next: number) {
      all.resize(2 * next);
      asking.resize(next);
    },
  });
}

/**
 * A request is written at the end of the turn of the event loop in which it is made, since undici first looks whether its
 * connection is still open. So all answers of a turn are followed by new requests before the first of them is read.
 */
function othersHaveAsked(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => setImmediate(resolve));
  });
}
