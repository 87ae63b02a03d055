import type { OutgoingRequest } from '../../contract/families.ts';
import type { TransportOptions } from '../../contract/scope.ts';
import type { SimulatedAnswer } from '../../simulator/answers.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { inNameOrder } from '../../util/json/in-name-order.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { percentDecoded } from '../../util/url/percent-decoded.ts';

/** A request with what the API has answered. */
export interface Exchange {
  readonly request: OutgoingRequest;
  /** What it has of credentials, by where it is: `header "authorization"`. */
  readonly credentials: ReadonlyMap<string, string>;
  readonly answer: SimulatedAnswer;
}

/** What an API was asked, and answers again to whoever asks the same. */
export interface Exchanges {
  keep(exchange: Exchange): void;
  /** Equal requests are answered in order; undefined where nothing like it was asked. */
  find(request: OutgoingRequest, credentials: Exchange['credentials']): Exchange | undefined;
  /** What was asked of the same path by the same method, in order, with whatever parameters. */
  findNear(request: OutgoingRequest): Exchange | undefined;
  /** Whether anything was asked of this path by this method. */
  knows(request: OutgoingRequest): boolean;
}

export function createExchanges(): Exchanges {
  const kept = new Map<string, Exchange[]>();
  const ofTargets = new Map<string, Exchange[]>();
  const given = new Map<string, number>();
  const params = new Map<string, Set<string>>();

  function next(key: string, found: readonly Exchange[] | undefined): Exchange | undefined {
    const turn = given.get(key) ?? 0;
    given.set(key, turn + 1);
    return found?.[Math.min(turn, found.length - 1)];
  }

  return {
    keep(exchange) {
      const { request, credentials } = exchange;
      const key = questionOf(request, credentials);
      kept.set(key, [...(kept.get(key) ?? []), exchange]);
      const target = targetOf(request);
      ofTargets.set(target, [...(ofTargets.get(target) ?? []), exchange]);
      const names = params.get(target) ?? new Set();
      for (const name of request.url.searchParams.keys()) names.add(name);
      params.set(target, names);
    },
    find(request, credentials) {
      const known = params.get(targetOf(request));
      const exact = questionOf(request, credentials);
      // A parameter of which an API knows nothing changes nothing.
      const key = kept.has(exact)
        ? exact
        : questionOf(request, credentials, (name) => known?.has(name) === true);
      return next(key, kept.get(key));
    },
    findNear(request) {
      const target = targetOf(request);
      return next(target, ofTargets.get(target));
    },
    knows: (request) => params.has(targetOf(request)),
  };
}

/** Headers that the authenticator has added, and all that holds a secret. */
export function credentialsOf(
  { headers, url }: OutgoingRequest,
  { credentials }: TransportOptions = {},
): Exchange['credentials'] {
  const found = new Map<string, string>();
  const isSecret = (text: string) => credentials?.holdsSecret?.(text) === true;
  for (const [name, value] of Object.entries(headers))
    if (credentials?.headers.has(name.toLowerCase()) === true || isSecret(value))
      found.set(inHeader(name), value);
  for (const [name, value] of url.searchParams) if (isSecret(value)) found.set(inParameter(name), value);
  return found;
}

export function inHeader(name: string): string {
  return `header "${name.toLowerCase()}"`;
}

function inParameter(name: string): string {
  return `parameter "${name}"`;
}

function targetOf({ method, url }: OutgoingRequest): string {
  return `${method} ${url.origin}${percentDecoded(url.pathname)}`;
}

/** What a request asks, whoever asks: without headers and credentials, in whatever order. */
function questionOf(
  request: OutgoingRequest,
  credentials: Exchange['credentials'],
  counts: (param: string) => boolean = () => true,
): string {
  const params = [...request.url.searchParams]
    .filter(([name]) => counts(name) && !credentials.has(inParameter(name)))
    .map((param) => toJsonText(param))
    .sort();
  return [targetOf(request), ...params, bodyText(request)].join('\n');
}

function bodyText({ body }: OutgoingRequest): string {
  if (body === undefined) return '';
  if (typeof body !== 'string') return Buffer.from(body).toString('base64');
  const document = /^\s*[[{]/.test(body) ? tryTo((): unknown => JSON.parse(body)) : undefined;
  return document === undefined ? body : toJsonText(inNameOrder(document));
}
