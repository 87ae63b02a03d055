import type { OutgoingRequest } from '../../contract/families.ts';
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

/** What the manifest's own headers hold of credentials stays with their origin too. */
export function dropCredentials({ headers }: OutgoingRequest): void {
  for (const name of Object.keys(headers)) if (isCredentialHeader(name)) delete headers[name];
}
