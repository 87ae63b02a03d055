import { ConnectorError, createSerialQueue, type OutgoingRequest, type SyncScope } from 'manifold-connectors';

/** A scroll cannot be continued: it has to start again from its first page. */
export class ScrollLost extends ConnectorError {
  constructor(message: string, cause?: unknown) {
    super(message, { kind: 'transient_error', cause });
    this.name = 'ScrollLost';
  }
}

/** The only scroll of a sync. All streams that need it read its pages, so they must agree on when it started again. */
export interface Scroll {
  /** 0 for the first scroll, one more whenever it was lost. */
  readonly generation: number;
  /** How often it was lost. */
  readonly losses: number;
  /** How many of its pages have come: the scroll is beyond them, and the API shows none of them again. */
  pages: number;
  lose(): void;
  /** Somebody begins to read it, and tells when that is over. */
  enter(): () => void;
  /**
   * Nobody else is in the middle of it: if its pages are no longer kept, because all who were to read them have, a new
   * scroll may begin.
   */
  mayRenew: boolean;
  renew(): void;
  /** The key of a page in the cache: those of a scroll that was lost are not asked for any more. */
  keeps(key: string): string;
  /** Runs one piece of work at a time: the next one finds the page in the cache, or the scroll lost. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Waits until no other process scrolls with these credentials: an app has one scroll. Without a store, at once. */
  lock(request: OutgoingRequest): Promise<void>;
  unlock(): Promise<void>;
}

export function scrollOf(sync: SyncScope): Scroll {
  return sync.shared('intercom: scroll', (): Scroll => {
    let [generation, losses, inside] = [0, 0, 0];
    const keys = new Set<string>();
    let held: (() => Promise<void>) | undefined;
    return {
      async lock(request) {
        const { rateLimitStore: store, signal, log } = sync;
        held ??= await store?.lock(`scroll:${store.keyOf(request)}`, {
          signal,
          onWait: () => log('INFO', 'Another process scrolls through the companies; this one waits for it.'),
        });
      },
      async unlock() {
        const release = held;
        held = undefined;
        await release?.();
      },
      pages: 0,
      get generation() {
        return generation;
      },
      get losses() {
        return losses;
      },
      mayRenew: false,
      enter() {
        this.mayRenew = inside === 0;
        inside++;
        return () => void inside--;
      },
      lose() {
        losses++;
        for (const key of keys) sync.cache.forgetKey?.(key);
        this.renew();
      },
      renew() {
        keys.clear();
        generation++;
        this.pages = 0;
      },
      keeps(key) {
        keys.add(key);
        return key;
      },
      turn: createSerialQueue(),
    };
  });
}
