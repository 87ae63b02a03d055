import type { Load, Transport } from '../../contract/scope.ts';
import type { Clock } from '../../time/clock.ts';

/** Bytes of answers that may be under way at once. What is made of them takes several times as much memory. */
const mostBytes = 64 * 1024 * 1024;
/** How much of the estimate of a time or a size comes from the last answer. */
const weight = 1 / 16;
/** More than what is needed on average: answers take now longer, now shorter. */
const margin = 1.1;
/** Seconds. Whatever is left of a window is not asked for in less time than this. */
const leastTime = 1;

/** What a sync is told and measures of its API. */
export interface MeasuredLoad extends Load {
  /** The same transport, which tells when it sends. Middleware around it may wait: that does not count. */
  measured(transport: Transport): Transport;
  /**
   * How many requests under way at once use up what the API allows: rate × time of an answer (Little's law), as far as
   * memory allows. Undefined as long as the API has not told of a window.
   */
  wanted(): number | undefined;
  /** Calls back whenever `wanted` may have changed. Call the result to end it. */
  onChange(listener: () => void): () => void;
}

interface Window {
  readonly resetsAt: number;
  /** Calls per second that would use it up evenly, when it was first seen. */
  readonly even: number;
}

export function createLoad(clock: Clock): MeasuredLoad {
  const listeners = new Set<() => void>();
  let milliseconds: number | undefined;
  let size = 0;
  let window: Window | undefined;
  /** Calls per second. */
  let rate = 0;

  function changed(): void {
    for (const listener of listeners) listener();
  }

  return Object.freeze<MeasuredLoad>({
    window(calls, resetsAt) {
      const left = Math.max((resetsAt - clock.now()) / 1000, leastTime);
      const needed = calls / left;
      if (window?.resetsAt !== resetsAt) window = { resetsAt, even: needed };
      // Who has fallen behind catches up, but without a rush at the end of the window.
      rate = Math.min(needed, 2 * window.even);
      changed();
    },
    received(took, bytes) {
      milliseconds = milliseconds === undefined ? took : milliseconds + weight * (took - milliseconds);
      size += weight * (bytes - size);
      changed();
    },
    measured: (transport) =>
      Object.freeze<Transport>({
        send(request, options) {
          options?.onSent?.(clock.now());
          return transport.send(request, options);
        },
        close: () => transport.close(),
      }),
    wanted() {
      if (window === undefined || milliseconds === undefined) return undefined;
      const busy = Math.ceil((rate * milliseconds * margin) / 1000) + 1;
      return Math.min(busy, Math.floor(mostBytes / Math.max(size, 1)));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
}
