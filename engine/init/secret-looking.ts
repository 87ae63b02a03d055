import { isCredentialHeader, isCredentialParam } from '../http/wire/redact.ts';
import { suspicionOf } from '../scrub/suspicious.ts';

const secretName =
  /(?:token|secret|passw(?:or)?d|api[-_]?key|app(?:lication)?[-_]?key|csrf|xsrf|session(?:[-_]?id)?|sid|jwt|credentials?|auth)$/i;
const pageToken = /^(?:page|next|next[-_]?page|continuation|pagination|sync)[-_]?token$/i;
/** What documentation writes where a reader's own value belongs. */
const standsForAnother = /^\$\{?\w+\}?$|^<[^<>]+>$|^\{\{?[\w ]+\}\}?$|^your[-_ ]/i;

/** Whether a value must not stand in a manifest, by the name it is sent under and by what it looks like. */
export function looksSecret(name: string, value: string): boolean {
  if (pageToken.test(name)) return false;
  if (/^cookie$/i.test(name)) return value.split(';').some(isSecretCookie);
  // "key" names the fields of filters as often as it names keys.
  const isCredential = isCredentialHeader(name) || (isCredentialParam(name) && !/^key$/i.test(name));
  return (
    isCredential || secretName.test(name) || standsForAnother.test(value) || suspicionOf(value) !== undefined
  );
}

function isSecretCookie(pair: string): boolean {
  const at = pair.indexOf('=');
  return at > 0 && looksSecret(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
}
