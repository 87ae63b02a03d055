import type { OutgoingRequest } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Evaluate } from '../../language/fields.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { isCredentialHeader } from '../wire/redact.ts';
import { pythonText } from './request-text.ts';

/** Adds the origin of a base URL that is known before anything is read. */
export function addOrigin(
  origins: Set<string>,
  evaluate: Evaluate | undefined,
  field: ManifestNode | undefined,
): void {
  const isKnown =
    field?.kind === 'scalar' && !/stream_|next_page_token|response|record/.test(String(field.value));
  if (evaluate === undefined || !isKnown) return;
  const url = tryTo(() => pythonText(evaluate({})));
  if (url !== undefined && URL.canParse(url)) origins.add(new URL(url).origin);
}

/** Does a page lie at an origin that is neither that of its endpoint nor another one of the API? */
export function leavesOrigin(endpoint: string, page: string, origins: ReadonlySet<string>): boolean {
  if (!URL.canParse(endpoint) || !URL.canParse(page)) return false;
  const [from, to] = [new URL(endpoint), new URL(page)];
  if (from.origin === to.origin || origins.has(to.origin)) return false;
  const isUpgrade = from.protocol === 'http:' && to.protocol === 'https:' && from.port === to.port;
  return !(isUpgrade && from.hostname === to.hostname);
}

/**
 * Takes from a request to another origin the headers and query parameters that hold credentials: the manifest's own, and
 * those that the API's link repeats. Says whether there were any. Throws ConnectorError (config_error) when what is left of
 * the URL, or the body, holds a secret.
 */
export function dropCredentials(request: OutgoingRequest, holdsSecret: (text: string) => boolean): boolean {
  const { headers, url, body } = request;
  const named = Object.keys(headers).filter(
    (name) => isCredentialHeader(name) || holdsSecret(headers[name] as string),
  );
  for (const name of named) delete headers[name];
  // The others are written anew with one that goes, so only then.
  const params = holdsSecret(url.search)
    ? [...url.searchParams].filter(([, value]) => holdsSecret(value)).map(([name]) => name)
    : [];
  for (const name of params) url.searchParams.delete(name);
  if (holdsSecret(url.href)) throw secretLeaves('URL', url);
  if (body !== undefined && holdsSecret(Buffer.from(body).toString())) throw secretLeaves('body', url);
  return named.length + params.length > 0;
}

function secretLeaves(what: string, to: URL): ConnectorError {
  return new ConnectorError(
    `The next page is at another host (${to.host}), and the ${what} of its request would take a secret there. If that host belongs to the API, let a requester of the manifest name it as its "url_base".`,
    { kind: 'config_error' },
  );
}
