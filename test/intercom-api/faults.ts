import type { Workspace } from './workspace.ts';

export interface FaultMatch {
  readonly method?: string;
  /** A pathname, or an expression that is tried on pathname and query. */
  readonly path?: RegExp | string;
  /** Only the nth request that matches, counted from 1. */
  readonly nth?: number;
  /** Every so many matching requests. */
  readonly every?: number;
  /** The first so many matching requests. */
  readonly times?: number;
}

export type Fault = { readonly match: FaultMatch } & (
  | {
      readonly kind: 'status';
      readonly code: number;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
    }
  /** Waits with the injected `sleep` before the answer. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection breaks after so many bytes of the body; by default in its middle. */
  | { readonly kind: 'cut'; readonly afterBytes?: number }
  /** The scroll is lost: 500 with Intercom's text, or 404 as for a parameter that is gone. */
  | { readonly kind: 'expired-scroll'; readonly code?: 404 | 500 }
  /**
   * Search does not see what happened in the last `seconds`; with `of: 'created'` it lacks only what is that new, with
   * `of: 'some'` it sees the changes of every other row at once.
   */
  | { readonly kind: 'index-lag'; readonly seconds: number; readonly of?: 'created' | 'some' }
  /** Search ignores `sort`. */
  | { readonly kind: 'unordered' }
  /** Changes the workspace when the request arrives, before it is answered. */
  | { readonly kind: 'mutate'; run(workspace: Workspace): void }
);

export interface FaultsOf {
  /** The faults that strike this request; counts it. */
  strike(method: string, url: URL): readonly Fault[];
}

export function createFaults(faults: readonly Fault[]): FaultsOf {
  const seen = faults.map(() => 0);
  const meets = (match: FaultMatch, method: string, url: URL): boolean =>
    (match.method === undefined || match.method.toUpperCase() === method) &&
    (match.path === undefined ||
      (typeof match.path === 'string'
        ? match.path === url.pathname
        : new RegExp(match.path.source, match.path.flags.replace('g', '')).test(url.pathname + url.search)));

  return Object.freeze({
    strike(method: string, url: URL) {
      return faults.filter(({ match }, index) => {
        if (!meets(match, method, url)) return false;
        const count = (seen[index] ?? 0) + 1;
        seen[index] = count;
        return (
          (match.nth === undefined || count === match.nth) &&
          (match.every === undefined || count % match.every === 0) &&
          (match.times === undefined || count <= match.times)
        );
      });
    },
  });
}
