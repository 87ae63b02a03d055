import { ApiError, errorList, notFound } from './error-list.ts';
import { createExportJobs } from './export-jobs.ts';
import { createFaults, type Fault } from './faults.ts';
import { activityRoutes } from './handlers/activity.ts';
import { adminRoutes } from './handlers/admins.ts';
import { companyRoutes } from './handlers/companies.ts';
import { contactRoutes } from './handlers/contacts.ts';
import { contentRoutes } from './handlers/content.ts';
import { conversationRoutes } from './handlers/conversations.ts';
import { exportRoutes } from './handlers/exports.ts';
import { settingRoutes } from './handlers/settings.ts';
import { ticketRoutes } from './handlers/tickets.ts';
import { createRateLimit } from './rate-limit.ts';
import { createRouter, RawAnswer, type Route } from './route.ts';
import type { CompanyRow, JsonObject } from './rows.ts';
import { createScroll, scrollFailure } from './scroll.ts';
import { createIds } from './seeded.ts';
import { createTokens, type OAuthOptions } from './tokens.ts';
import { versionNumber } from './versions.ts';
import type { Workspace } from './workspace.ts';

/** The token that is good when no other is named. */
export const defaultAccessToken = 'simulated-access-token';

export interface RequestLog {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it is JSON or a form; else undefined. */
  readonly body: unknown;
  /** Milliseconds of the workspace's clock when the request arrived. */
  readonly at: number;
  readonly status: number;
  /** The `code` of the error.list, when it is one. */
  readonly errorCode: string | undefined;
}

export interface SimulatorOptions {
  /** Tokens that are good. Default: `defaultAccessToken`. */
  readonly accessTokens?: readonly string[];
  /** Tokens that once were good. */
  readonly revokedTokens?: readonly string[];
  readonly oauth?: OAuthOptions;
  /** The version of the app, for requests without the header. Default 2.11. */
  readonly appVersion?: string;
  /** Requests per window of ten seconds; false for no limit. Default 1667 (10,000 a minute). */
  readonly rateLimit?: number | false;
  /** What the workspace pays for; all true by default. */
  readonly plan?: { readonly activeSubscription?: boolean; readonly realtimeMonitoring?: boolean };
  /** Scopes that the tokens lack. */
  readonly missingScopes?: readonly string[];
  /** Companies on one page of a scroll. Default 100. */
  readonly scrollPageSize?: number;
  /** How long an export job works, by the workspace's clock. Default 30. */
  readonly exportSeconds?: number;
  readonly faults?: readonly Fault[];
  /** For slow faults. Default: a timer. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** Called once a request is answered. */
  readonly onRequest?: (request: RequestLog) => void;
}

/** What is asked, however it came here. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: AskedHeaders;
  /** Undefined and empty are the same. */
  readonly body: string | undefined;
}

/** As `Headers` has them: names in any case. */
export interface AskedHeaders {
  get(name: string): string | null;
  entries(): Iterable<readonly [name: string, value: string]>;
}

export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** The API without a wire. What a fault cuts off has no answer. */
export interface Intercom {
  answer(asked: Asked): Promise<Answer | 'cut'>;
}

const routes: readonly Route[] = [
  ...contactRoutes,
  ...companyRoutes,
  ...conversationRoutes,
  ...ticketRoutes,
  ...adminRoutes,
  ...settingRoutes,
  ...contentRoutes,
  ...activityRoutes,
  ...exportRoutes,
];

const planErrors = {
  activeSubscription: 'Active subscription needed.',
  realtimeMonitoring: 'Real-time monitoring is not enabled for your workspace.',
};

/** The usual codes of a failure that a fault names by status alone. */
const faultCodes: Record<number, string> = {
  401: 'unauthorized',
  404: 'not_found',
  429: 'rate_limit_exceeded',
};

const readBody = ({ method, headers, body }: Asked): unknown => {
  if (method === 'GET' || method === 'HEAD' || body === undefined || body === '') return undefined;
  if (headers.get('content-type')?.includes('x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  try {
    return JSON.parse(body);
  } catch {
    throw new ApiError(400, 'parameter_invalid', 'The body is not valid JSON');
  }
};

export function createIntercom(workspace: Workspace, options: SimulatorOptions = {}): Intercom {
  // Ids of requests and scrolls are not taken from the workspace: reading must not change what is made next.
  const ids = createIds(0);
  const router = createRouter(routes);
  const tokens = createTokens(
    options.accessTokens ?? [defaultAccessToken],
    options.oauth,
    options.revokedTokens,
  );
  const rateLimit = options.rateLimit === false ? undefined : createRateLimit(options.rateLimit ?? 1667);
  const scroll = createScroll<CompanyRow>(options.scrollPageSize ?? 100, ids.uuid);
  const jobs = createExportJobs((options.exportSeconds ?? 30) * 1000, ids.uuid);
  const faults = createFaults(options.faults ?? []);
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const appVersion = options.appVersion ?? '2.11';

  const answer = (
    { method, url, headers: asking }: Asked,
    body: unknown,
    struck: readonly Fault[],
    headers: Map<string, string>,
  ): JsonObject | RawAnswer => {
    const now = workspace.now();
    if (method === 'POST' && url.pathname === '/auth/eagle/token') {
      return tokens.grant((body ?? {}) as JsonObject, now);
    }
    tokens.check(asking.get('authorization'), now);
    const limited = rateLimit?.count(now);
    tell(headers, limited?.headers);
    if (limited?.exceeded) throw limited.exceeded;

    const asked = asking.get('intercom-version') ?? appVersion;
    const version = versionNumber(asked);
    if (version === undefined) {
      throw new ApiError(400, 'intercom_version_invalid', 'The requested version could not be found');
    }
    headers.set('intercom-version', asked);
    const found = router.find(method, url.pathname);
    if (!found) throw notFound('The requested resource was not found');
    const { route, params } = found;
    if (version < (route.since ?? 0)) {
      const message = 'Requested resource is not available in current API version.';
      throw new ApiError(400, 'intercom_version_invalid', message);
    }
    if (route.plan && options.plan?.[route.plan] === false) {
      throw new ApiError(403, 'api_plan_restricted', planErrors[route.plan]);
    }
    if (route.scope !== undefined && options.missingScopes?.includes(route.scope)) {
      const message = `You do not have the required scope (${route.scope}) to access this resource`;
      throw new ApiError(403, 'forbidden', message);
    }
    const lag = struck.find((fault) => fault.kind === 'index-lag');
    const search = {
      lagSeconds: lag?.seconds ?? 0,
      lagOf: lag?.of ?? ('all' as const),
      unordered: struck.some(({ kind }) => kind === 'unordered'),
    };
    const query = url.searchParams;
    return route.handle({
      workspace,
      version,
      url,
      query,
      params,
      headers: asking,
      body,
      search,
      scroll,
      jobs,
    });
  };

  return {
    async answer(asked) {
      const { method, url } = asked;
      const at = workspace.now();
      const struck = faults.strike(method, url);
      const requestId = ids.uuid();
      const headers = new Map([['x-request-id', requestId]]);
      let status = 200;
      let errorCode: string | undefined;
      let body: unknown;
      let answered: unknown;
      try {
        body = readBody(asked);
        for (const fault of struck) {
          if (fault.kind === 'slow') await sleep(fault.ms);
          else if (fault.kind === 'mutate') fault.run(workspace);
          else if (fault.kind === 'expired-scroll') {
            scroll.drop();
            throw fault.code === 404 ? notFound('scroll parameter not found') : scrollFailure();
          }
        }
        const failure = struck.find((fault) => fault.kind === 'status');
        if (failure) {
          status = failure.code;
          tell(headers, failure.headers);
          errorCode = faultCodes[status] ?? (status >= 500 ? 'server_error' : 'client_error');
          answered = failure.body ?? errorList(requestId, errorCode, `Simulated failure ${status}`);
        } else answered = answer(asked, body, struck, headers);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        status = error.status;
        errorCode = error.code;
        tell(headers, error.headers);
        answered = errorList(requestId, error.code, error.message, error.field);
      }
      options.onRequest?.({
        method,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: Object.fromEntries(asked.headers.entries()),
        body,
        at,
        status,
        errorCode,
      });
      if (struck.some(({ kind }) => kind === 'cut')) return 'cut';
      if (answered instanceof RawAnswer) {
        tell(headers, answered.headers);
        return { status, headers, body: answered.bytes };
      }
      const isText = typeof answered === 'string';
      if (!headers.has('content-type'))
        headers.set('content-type', isText ? 'text/plain;charset=UTF-8' : 'application/json');
      return { status, headers, body: isText ? String(answered) : JSON.stringify(answered) };
    },
  };
}

function tell(headers: Map<string, string>, more: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries(more)) headers.set(name.toLowerCase(), value);
}
