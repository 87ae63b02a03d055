import type { OutgoingRequest } from '../contract/families.ts';
import { isCredentialHeader, isCredentialParam, type Redactor } from '../http/wire/redact.ts';
import { singleQuoted } from '../util/text/single-quoted.ts';

/** What stands for a secret in what is printed; a shell puts its own value there. */
const token = '$TOKEN';

/** A request as a line for a shell, with `$TOKEN` in place of every secret. */
export function curlOf({ method, url, headers, body }: OutgoingRequest, redactor: Redactor): string {
  const parts = [`curl -sS ${quoted(urlText(url, redactor))}`];
  if (method !== 'GET' || body !== undefined) parts.push(`-X ${method}`);
  for (const [name, value] of Object.entries(headers)) {
    if (/^(?:content-length|accept-encoding|host)$/i.test(name)) continue;
    const shown = isCredentialHeader(name) ? credential(value) : hidden(value, redactor);
    parts.push(`-H ${quoted(`${name}: ${shown}`)}`);
  }
  if (body !== undefined) {
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
    parts.push(`--data-raw ${quoted(hidden(text, redactor))}`);
  }
  return `${parts.join(' \\\n  ')}\n`;
}

function urlText(url: URL, redactor: Redactor): string {
  const shown = hidden(url.href, redactor).replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${token}@`);
  return shown.replace(/([?&;])([^=&;#]+)=([^&;#]*)/g, (whole, start: string, name: string) =>
    isCredentialParam(name) ? `${start}${name}=${token}` : whole,
  );
}

function hidden(text: string, redactor: Redactor): string {
  return redactor.text(text).replaceAll('****', token);
}

function credential(value: string): string {
  const scheme = /^([A-Za-z]+)\s+\S/.exec(value)?.[1];
  return scheme === undefined ? token : `${scheme} ${token}`;
}

/** Single quotes, unless the shell has to put the token in. */
function quoted(text: string): string {
  if (!text.includes(token)) return singleQuoted(text);
  const escaped = text.replace(/[\\"`$]/g, '\\$&').replaceAll(`\\${token}`, token);
  return `"${escaped}"`;
}
