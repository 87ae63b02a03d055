import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { inspectTemplate } from '../../template/template.ts';
import { withoutQuotes } from '../../template/without-quotes.ts';
import { type ComponentAt, isFilledIn, textIn, written } from '../visit.ts';

/** A request goes somewhere: its URL begins with a scheme and has a host. */
export function* requestUrls(at: ComponentAt): Iterable<Diagnostic> {
  yield* ofRequester(at);
  const endpoint = isFilledIn(at) ? undefined : written(at, 'token_refresh_endpoint');
  if (at.family !== 'Authenticator' || endpoint?.kind !== 'scalar') return;
  const text = withoutQuotes(String(endpoint.value)).trim();
  const message = text === '' ? undefined : problemOf(text);
  if (message !== undefined) yield errorAt(endpoint, message);
}

function* ofRequester(requester: ComponentAt): Iterable<Diagnostic> {
  if (requester.family !== 'Requester' || requester.isHook || requester.component === undefined) return;
  if (isFilledIn(requester)) return;
  const node = written(requester, 'url_base') ?? written(requester, 'url');
  const text = node?.kind === 'scalar' ? withoutQuotes(String(node.value)).trim() : undefined;
  if (node === undefined || text === '') {
    const path = textIn(requester, 'path');
    // It may give a whole URL, such as that of a file to download.
    if (path !== undefined && beginsWithTemplate(path)) return;
    const hint = path !== undefined && /^https?:\/\//i.test(path) ? ` Put "${path}" into "url".` : '';
    const message = `This requester has neither "url" nor "url_base", so its requests go nowhere.${hint}`;
    yield errorAt(node ?? requester.node, message);
  } else if (text !== undefined) {
    const message = problemOf(text);
    if (message !== undefined) yield errorAt(node, message);
  }
}

function problemOf(text: string): string | undefined {
  // What a template gives may be anything.
  if (beginsWithTemplate(text)) return undefined;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text)?.[1];
  if (scheme === undefined) return `The URL "${text}" has no scheme. Does it begin with "https://"?`;
  if (!/^https?$/i.test(scheme))
    return `The URL "${text}" has the scheme "${scheme}"; only http and https are known.`;
  const host = text.slice(scheme.length + 3);
  if (/^(?:[/?#:]|$)/.test(host)) return `The URL "${text}" has no host.`;
  if (inspectTemplate(text).isPlain && !URL.canParse(text)) return `The URL "${text}" cannot be read.`;
  return undefined;
}

function beginsWithTemplate(text: string): boolean {
  return /^\{[{%#]/.test(text);
}
