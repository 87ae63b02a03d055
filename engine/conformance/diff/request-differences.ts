import type { OutgoingRequest } from '../../contract/families.ts';
import { percentDecoded } from '../../util/url/percent-decoded.ts';
import type { Run } from '../simulated/run.ts';
import type { CrossRead } from './cross-read.ts';
import type { Difference } from './difference.ts';
import { type Exchange, inHeader } from './exchanges.ts';
import { onlyIn } from './only-in.ts';

/** In the requests of the stream itself, without what its parents ask. */
export function requestDifferences({
  stream: { name: stream },
  was,
  is,
  elsewhere,
}: CrossRead): Difference[] {
  const [before, after] = [asked(was, stream), asked(is, stream)];
  const [gone, added] = [onlyIn(before, after), onlyIn(after, before)];
  if (gone.length === 0 && added.length === 0) return [];
  const places = new Set(elsewhere.map(shown));
  const other = added.filter((each) => places.has(each));
  if (other.length > 0)
    return [
      {
        stream,
        aspect: 'requests',
        kind: 'changed',
        message: `it asks elsewhere: it asked ${first(gone)}, and asks ${first(other)}. What comes of it was read from an API of its own`,
      },
    ];
  const isMore = gone.length === 0;
  return [
    {
      stream,
      aspect: 'requests',
      kind: isMore ? 'additive' : 'changed',
      message: isMore
        ? `it asks for more: ${first(added)}`
        : `it asked ${first(gone)}, and asks ${first(added)}`,
    },
  ];
}

function first([one, ...more]: readonly string[]): string {
  if (one === undefined) return 'nothing';
  return more.length > 0 ? `${one} (and ${more.length} more)` : one;
}

/** All requests of a stream, by what tells them apart. */
export function asked(run: Run, stream: string): ReadonlySet<string> {
  return new Set(
    run.asked.filter(({ about }) => about.stream === stream).map(({ request }) => shown(request)),
  );
}

function shown({ method, url, body }: OutgoingRequest): string {
  return `${method} ${percentDecoded(url.href)}${body === undefined ? '' : ` ${body}`}`;
}

/** In how requests are made that ask the same: their credentials, without which an API answers nothing, and other headers. */
export function headerDifferences({ stream: { name: stream }, met, hasOneConfig }: CrossRead): Difference[] {
  const found = new Map<string, Difference>();
  for (const { was, is } of met) {
    const lost = credentialDifference(was, is, hasOneConfig);
    if (lost !== undefined) found.set(lost, { stream, aspect: 'requests', kind: 'breaking', message: lost });
    for (const message of otherHeaders(was, is))
      found.set(message, { stream, aspect: 'requests', kind: 'changed', message });
  }
  return [...found.values()];
}

type Sent = Pick<Exchange, 'request' | 'credentials'>;

function credentialDifference(was: Sent, is: Sent, hasOneConfig: boolean): string | undefined {
  const before = [...was.credentials.keys()];
  const lost = before.filter((place) => !is.credentials.has(place));
  if (lost.length > 0) {
    const added = [...is.credentials.keys()].filter((place) => !was.credentials.has(place));
    const now = added.length === 0 ? 'not sent any more' : `in ${added.join(', ')}`;
    return `its credentials were in ${lost.join(', ')} and are ${now}`;
  }
  const other = before.find((place) => {
    const [old, own] = [was.credentials.get(place) ?? '', is.credentials.get(place) ?? ''];
    return old !== own && !(isSigned(old) && isSigned(own));
  });
  return other !== undefined && hasOneConfig
    ? `its credentials in ${other} are written in another way`
    : undefined;
}

/** What is signed anew for each request is never the same. */
function isSigned(text: string): boolean {
  return /\beyJ[\w-]+\.[\w-]+\./.test(text);
}

function* otherHeaders(was: Sent, is: Sent): Generator<string> {
  const [before, after] = [headersOf(was), headersOf(is)];
  for (const [name, value] of before) {
    const own = after.get(name);
    if (own !== value)
      yield `the header "${name}" was ${JSON.stringify(value)} and is ${own === undefined ? 'not sent' : JSON.stringify(own)}`;
  }
  for (const [name, value] of after)
    if (!before.has(name)) yield `the header "${name}" is sent, as ${JSON.stringify(value)}`;
}

function headersOf({ request, credentials }: Sent): ReadonlyMap<string, string> {
  const headers = Object.entries(request.headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return new Map(headers.filter(([name]) => !credentials.has(inHeader(name))));
}
