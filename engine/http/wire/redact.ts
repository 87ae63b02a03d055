import { percentDecoded } from '../../util/url/percent-decoded.ts';
import { base64Runs } from './base64-runs.ts';
import { type DecodedText, decodedTexts, decodedWhole } from './decoded-text.ts';
import { base32Cores, formsOf } from './secret-forms.ts';
import { squeezed, squeezedView, unquotedView } from './text-views.ts';

const hidden = '****';

const credentialHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api-key',
  'apikey',
  'x-api-token',
  'x-auth-token',
  'x-access-token',
]);

/** A header that commonly carries a credential. */
export function isCredentialHeader(name: string): boolean {
  return credentialHeaders.has(name.toLowerCase());
}

const credentialParam =
  /^(?:access_?token|refresh_?token|id_?token|auth_?token|auth|token|api_?key|key|api_?token|client_?secret|secret|password|passwd|pwd|signature|sig|hmac|otp|jwt|tkn|passcode|x-amz-signature|x-amz-credential|x-amz-security-token)$/i;

/** A query parameter that commonly carries a credential. */
export function isCredentialParam(name: string): boolean {
  return credentialParam.test(name);
}

/** Hides what must never be printed. */
export interface Redactor {
  /** Registers a value: from now on it is hidden wherever it occurs, also in its escaped forms. */
  add(secret: string): void;
  /** The text without the registered values. */
  text(text: string): string;
}

/** Anything shorter would be found inside of ordinary words. */
const shortestSecret = 3;

/** Fewer characters of a secret that was cut off say nothing, nor of one in Base64. */
const shortestBeginning = 4;
const shortestCoreBeginning = 6;

/** Shorter lines of a secret are such as "-----BEGIN". */
const shortestLine = 16;

/** A shorter part of what URLs take apart could be a word. */
const shortestPart = 8;

/** What is hidden of a secret wherever it stands: all of it, each of its lines, and what URLs take apart. */
function piecesOf(secret: string): readonly string[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  const parts = secret.split(/[?#]/);
  return [
    secret,
    ...formsOf(secret),
    ...(lines.length > 1 ? lines.filter((line) => line.length >= shortestLine) : []),
    ...(parts.length > 1 ? parts.filter((part) => part.length >= shortestPart) : []),
    // Its head says only how it is signed.
    ...(webToken.test(secret) ? secret.split('.').slice(1) : []).filter(
      (part) => part.length >= shortestLine,
    ),
  ];
}

/** A shorter piece of Base64 could be anything. */
const shortestCore = 8;

/** What is the same in the Base64 of every text that contains the secret, for each of the three places it may begin at. */
function base64Cores(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const cores: string[] = [];
  for (const offset of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    const core = text.slice(Math.ceil((offset * 8) / 6), end);
    if (core.length < shortestCore) continue;
    cores.push(...new Set([core, core.replaceAll('+', '-').replaceAll('/', '_')]));
  }
  return cores;
}

/** What may follow the core of a secret in Base64 or hex: the end of it, and what was encoded behind it. */
const restOfBase64 = /(?:[A-Za-z0-9+/_-]|\\{1,8}\/|%(?:25){0,4}(?:2[bf]|3d))*=*/iy;

/** A JSON web token. Whoever signs one for each request makes thousands that begin alike. */
const webToken = /^(eyJ[\w-]{5,}\.)[\w-]+\.[\w-]*$/;
const restOfWebToken = /[\w-]*(?:\.[\w-]+)*/y;

/** So many that begin alike are looked for in all forms; of the others it must do that the beginning is known. */
const mostWebTokens = 20;

/** A code that was cut off itself, and what shows that a text was. */
const cutOff = /(?:%[\da-f]?|\\{1,8}(?:u[\da-f]{0,3})?|&[#\w]{0,6})?…/gi;

/** A text that is looked for, in each state of being decoded. */
interface Needle {
  readonly text: string;
  /** Without white space, where enough is left of it. */
  readonly squeezed: string | undefined;
  /** What follows it in the same run was encoded with it, or belongs to the same token. */
  readonly rest: RegExp | undefined;
  /** So much of its beginning tells where it was cut off. */
  readonly shortest: number;
}

/** What is looked at of a text, and how deep in Base64 it was found. */
interface Look {
  readonly value: string;
  readonly view: DecodedText;
  readonly depth: number;
  readonly cuts?: readonly number[];
}

type Range = readonly [start: number, end: number];

export function createRedactor(secrets: Iterable<string> = []): Redactor {
  const known = new Set<string>();
  const unread = new Set<string>();
  const webTokens = new Map<string, number>();
  const needles = new Map<string, Needle>();

  function add(secret: string): void {
    if (secret.length < shortestSecret || known.has(secret)) return;
    const head = webToken.exec(secret)?.[1];
    if (head !== undefined) {
      const count = webTokens.get(head) ?? 0;
      if (count === mostWebTokens) return;
      webTokens.set(head, count + 1);
    }
    known.add(secret);
    // What it may look like takes longer to find out than a whole request, and most reads say nothing to look through.
    unread.add(secret);
  }

  function lookFor(secret: string): void {
    const look = (text: string, rest?: RegExp) => {
      const shortest = rest !== undefined ? shortestCoreBeginning : shortestBeginning;
      for (const each of [text, decodedWhole(text)])
        if (each.length >= shortestSecret && !needles.has(each))
          needles.set(each, { text: each, squeezed: longEnough(squeezed(each)), rest, shortest });
    };
    for (const piece of piecesOf(secret)) look(piece);
    const head = webToken.exec(secret)?.[1];
    if (head !== undefined) look(head, restOfWebToken);
    for (const core of base64Cores(head ?? '')) look(core, restOfBase64);
    for (const core of base32Cores(secret)) look(core, restOfBase64);
    for (const core of base64Cores(secret)) {
      look(core, restOfBase64);
      // Base64 in Base64: a token of basic authentication in one that is shown, the part of a message in a log.
      for (const outer of base64Cores(core)) look(outer, restOfBase64);
    }
    const hex = Buffer.from(secret).toString('hex');
    if (hex.length >= shortestCore) for (const each of [hex, hex.toUpperCase()]) look(each, restOfBase64);
  }

  /** Where something secret stands in the value, however it is written. */
  function* rangesIn(value: string, depth = 0): Generator<Range> {
    for (const decoded of decodedTexts(value)) {
      const cuts = [...decoded.text.matchAll(cutOff)].map(({ index }) => index);
      yield* rangesInView({ value, view: decoded, depth, cuts }, ({ text }) => text);
      const unquoted = unquotedView(decoded);
      if (unquoted !== undefined) yield* rangesInView({ value, view: unquoted, depth }, ({ text }) => text);
      const whole = squeezedView(unquoted ?? decoded) ?? unquoted;
      if (whole !== undefined)
        yield* rangesInView({ value, view: whole, depth }, (needle) => needle.squeezed);
      if (depth === deepestBase64) continue;
      for (const { text: packed, original } of whole === undefined ? [decoded] : [decoded, whole])
        for (const { start, end, plain } of base64Runs(packed))
          if (rangesIn(plain, depth + 1).next().done !== true) yield original(start, end);
    }
  }

  function* rangesInView(
    { value, view, depth, cuts = [] }: Look,
    textOf: (needle: Needle) => string | undefined,
  ): Generator<Range> {
    for (const needle of needles.values()) {
      const looked = textOf(needle);
      if (looked === undefined || (depth > 0 && looked.length < shortestInBase64)) continue;
      for (const [start, end] of placesOf(looked, needle.shortest, view.text, cuts)) {
        const [from, to] = view.original(start, end);
        yield [from, endOfRun(value, to, needle.rest)];
      }
    }
  }

  function text(value: string): string {
    for (const secret of unread) lookFor(secret);
    unread.clear();
    if (needles.size === 0) return value;
    const found = [...rangesIn(value)];
    return found.length === 0 ? value : without(value, found);
  }

  for (const secret of secrets) add(secret);
  return Object.freeze({ add, text });
}

/** Fewer characters could be of any words, once there is nothing between them. */
const shortestSqueezed = 8;

function longEnough(text: string): string | undefined {
  return text.length >= shortestSqueezed ? text : undefined;
}

/** Fewer characters come about by accident in what is no Base64. */
const shortestInBase64 = 6;

/** Base64 of Base64 of Base64; deeper than that nobody goes. */
const deepestBase64 = 3;

/** So much of the beginning of a text is no accident, whoever has cut it off. */
const longBeginning = 12;

/** Where it stands, or a long beginning of it; before the mark of a text that was cut off a short one is enough. */
function* placesOf(
  needle: string,
  shortest: number,
  text: string,
  cuts: readonly number[],
): Generator<Range> {
  const head = needle.slice(0, longBeginning);
  for (let at = text.indexOf(head); at >= 0; ) {
    let length = head.length;
    while (length < needle.length && text[at + length] === needle[length]) length += 1;
    yield [at, at + length];
    at = text.indexOf(head, at + length);
  }
  for (const cut of cuts) {
    for (let length = Math.min(needle.length - 1, cut); length >= shortest; length--) {
      if (!text.startsWith(needle.slice(0, length), cut - length)) continue;
      yield [cut - length, cut];
      break;
    }
  }
}

function endOfRun(text: string, at: number, rest: RegExp | undefined): number {
  if (rest === undefined) return at;
  rest.lastIndex = at;
  return at + (rest.exec(text)?.[0].length ?? 0);
}

/** The text with each of these parts hidden; what touches is one. */
function without(text: string, ranges: readonly Range[]): string {
  let result = '';
  let read = 0;
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (end <= read) continue;
    // Overlaps what is hidden already: that grows.
    if (start >= read && !(start === read && read > 0)) result += text.slice(read, start) + hidden;
    read = end;
  }
  return result + text.slice(read);
}

/** A URL for messages, without user and password and with the values of credential-like parameters hidden. */
export function redactUrl(url: string | URL): string {
  const text = String(url).replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${hidden}@`);
  return text.replace(/([?&;])([^=&;#]+)=([^&;#]*)/g, (whole, separator: string, name: string) =>
    isCredentialParam(percentDecoded(name)) ? `${separator}${name}=${hidden}` : whole,
  );
}

/** For text that may contain URLs, `Bearer …` and `Basic …`, e.g. the message of an error or an API's answer. */
export function redactCredentials(text: string): string {
  const withoutUsers = text.replace(/\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^/?#@\s"'<>]*@/gi, `$1${hidden}@`);
  return redactUrl(withoutUsers).replace(/\b(Bearer|Basic)\s+[^\s"]{6,}/gi, `$1 ${hidden}`);
}
