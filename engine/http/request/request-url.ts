import { ConnectorError } from '../../error/connector-error.ts';
import { splitUrl } from '../../util/url/url-reference.ts';
import { quotePath, quotePlus, quoteQuery, requote } from './quote.ts';
import { iterable, pythonText } from './request-text.ts';

/** A query string or form: lists repeat the name, null is left out, everything else is Python's text of it. */
export function encodeForm(fields: Readonly<Record<string, unknown>>): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    for (const item of iterable(value) ?? [value]) {
      if (item === null || item === undefined) continue;
      for (const inner of iterable(item) ?? [item]) {
        pairs.push(`${quotePlus(name)}=${quotePlus(pythonText(inner))}`);
      }
    }
  }
  return pairs.join('&');
}

/**
 * The URL to send. Parameters that `url` already has with the same value are not repeated. Nothing that the manifest
 * says is changed beyond the escaping that python-requests does. Throws ConnectorError (config_error) when it is not an
 * http(s) URL.
 */
export function requestUrl(url: string, params: Readonly<Record<string, unknown>>): URL {
  // Nothing to escape, nothing to add.
  if (plainUrl.test(url) && isEmpty(params)) return parsed(url, url);
  const { scheme, host, path, query: written = '' } = splitUrl(url);
  if ((scheme !== 'http' && scheme !== 'https') || host === undefined || host === '') {
    throw new ConnectorError(
      `"${url}" is not a URL that requests can be sent to: it must start with https:// or http://.`,
      {
        kind: 'config_error',
      },
    );
  }
  const added = encodeForm(withoutRepeats(written, params));
  const query = [quoteQuery(written), added].filter((part) => part !== '').join('&');
  const text = requote(`${quotePath(path)}${query === '' ? '' : `?${query}`}`);
  return parsed(`${scheme}://${host}${text}`, url);
}

/** `url` is what the manifest says, for the message. */
function parsed(text: string, url: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new ConnectorError(`"${url}" is not a URL that requests can be sent to.`, { kind: 'config_error' });
  }
}

const plainUrl = /^https?:\/\/[A-Za-z0-9.-]+(?::\d+)?\/[A-Za-z0-9._~/-]*$/;

function isEmpty(fields: Readonly<Record<string, unknown>>): boolean {
  for (const name in fields) if (Object.hasOwn(fields, name)) return false;
  return true;
}

function withoutRepeats(
  query: string,
  params: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (query === '') return params;
  const written = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (value !== '' && !written.has(name)) written.set(name, value);
  }
  return Object.fromEntries(
    Object.entries(params).filter(([name, value]) => written.get(name) !== pythonText(value)),
  );
}
