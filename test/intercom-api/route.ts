import { notFound } from './error-list.ts';
import type { ExportJobs } from './export-jobs.ts';
import type { CompanyRow, JsonObject } from './rows.ts';
import type { Scroll } from './scroll.ts';
import type { SearchFaults } from './search.ts';
import type { Workspace } from './workspace.ts';

/** One request, after authentication, version and rate limit have been checked. */
export interface Call {
  readonly workspace: Workspace;
  /** 11 for 2.11; see versions.ts. */
  readonly version: number;
  readonly url: URL;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Pick<Headers, 'get'>;
  readonly body: unknown;
  readonly search: SearchFaults;
  readonly scroll: Scroll<CompanyRow>;
  readonly jobs: ExportJobs;
}

/** An answer that is not JSON. */
export class RawAnswer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Record<string, string>;

  constructor(bytes: Uint8Array, headers: Record<string, string>) {
    this.bytes = new Uint8Array(bytes);
    this.headers = headers;
  }
}

export interface Route {
  readonly method: 'GET' | 'POST';
  /** `:name` stands for one segment. */
  readonly path: string;
  /** First version that has the endpoint, as a minor number; 7 when left out. */
  readonly since?: number;
  /** Scope a token needs. */
  readonly scope?: string;
  /** What the workspace's plan must have. */
  readonly plan?: 'activeSubscription' | 'realtimeMonitoring';
  /** The body of the answer; a failure is an `ApiError` thrown. */
  handle(call: Call): JsonObject | RawAnswer;
}

export const get = (path: string, handle: Route['handle'], more: Partial<Route> = {}): Route => ({
  method: 'GET',
  path,
  handle,
  ...more,
});
export const post = (path: string, handle: Route['handle'], more: Partial<Route> = {}): Route => ({
  method: 'POST',
  path,
  handle,
  ...more,
});

/** A route that answers one record of a list by the `:id` of its path. */
export const getOne = (
  path: string,
  list: (call: Call) => readonly JsonObject[],
  more: Partial<Route> & { readonly missing?: () => Error } = {},
): Route =>
  get(
    path,
    (call) => {
      const found = list(call).find((record) => String(record.id) === call.params.id);
      if (!found) throw more.missing?.() ?? notFound();
      return found;
    },
    more,
  );

export interface Router {
  find(
    method: string,
    pathname: string,
  ): { readonly route: Route; readonly params: Record<string, string> } | undefined;
}

/** Finds routes by method and number of segments; a path with fewer placeholders wins. */
export function createRouter(routes: readonly Route[]): Router {
  const split = (path: string): string[] => path.split('/').filter((segment) => segment !== '');
  const byShape = new Map<string, { readonly route: Route; readonly segments: string[] }[]>();
  const placeholders = (segments: readonly string[]): number =>
    segments.filter((part) => part.startsWith(':')).length;
  for (const route of routes) {
    const segments = split(route.path);
    const shape = `${route.method} ${segments.length}`;
    byShape.set(shape, [...(byShape.get(shape) ?? []), { route, segments }]);
  }
  for (const list of byShape.values())
    list.sort((a, b) => placeholders(a.segments) - placeholders(b.segments));

  return Object.freeze({
    find(method: string, pathname: string) {
      const asked = split(pathname);
      for (const { route, segments } of byShape.get(`${method} ${asked.length}`) ?? []) {
        if (!segments.every((part, index) => part.startsWith(':') || part === asked[index])) continue;
        const params: Record<string, string> = {};
        segments.forEach((part, index) => {
          if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(asked[index] ?? '');
        });
        return { route, params };
      }
      return undefined;
    },
  });
}
