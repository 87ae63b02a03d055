import { JSONPath } from 'jsonpath-plus';
import {
  isCredentialHeader,
  isCredentialParam,
  type Redactor,
  redactCredentials,
} from '../http/wire/redact.ts';
import { isPlainObject, type JsonObject } from '../util/json/json.ts';
import { parseJson } from '../util/json/parse-json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { percentDecoded } from '../util/url/percent-decoded.ts';
import { isCredentialField } from './credential-field.ts';
import { fakeValue } from './fake.ts';
import { standIn, withoutPeople } from './personal.ts';

const hidden = '****';

export interface ScrubOptions {
  /** Knows the secrets of the config, and those that turned up on the way. */
  readonly redactor: Redactor;
  /** JSONPaths of further fields whose values are replaced, in every body. */
  readonly fake?: readonly string[];
  /** Leave people in. */
  readonly keepsPeople?: boolean;
}

/** Takes secrets and people out of what an API was asked and has answered. Equal values stay equal. */
export interface Scrubber {
  text(text: string): string;
  url(url: string): string;
  headers(headers: Iterable<readonly [name: string, value: string]>): Record<string, string>;
  /** A JSON value, as deep as it is. */
  value(value: unknown): unknown;
  /** A body as text: JSON, a form, or anything else. */
  body(text: string): string;
}

/**
 * Three of four layers: registered secrets, credentials by where they stand, stand-ins for people. The fourth is
 * `refuseSecrets`, which looks at what is left.
 */
export function createScrubber({ redactor, fake = [], keepsPeople = false }: ScrubOptions): Scrubber {
  // A replay follows the links of a log, and tells them apart by their page tokens.
  const inLinks = (text: string) => withoutCredentials(text, keepsPeople);

  function plain(text: string): string {
    const known = inLinks(redactor.text(text));
    return keepsPeople ? known : withoutPeople(known);
  }

  /** `under` is the name of the field that the owner is in. */
  function field(name: string, value: unknown, owner: JsonObject, under: string): unknown {
    if (typeof value === 'string') {
      if (value !== '' && isCredentialField(name)) return hidden;
      const known = inLinks(redactor.text(value));
      return keepsPeople ? known : standIn(name, known, owner, under);
    }
    return walk(value, name);
  }

  function walk(value: unknown, under = ''): unknown {
    if (typeof value === 'string') return plain(value);
    if (typeof value === 'number' || typeof value === 'bigint') {
      // A secret may be a number.
      const text = String(value);
      return redactor.text(text) === text ? value : hidden;
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, under));
    if (!isPlainObject(value)) return value;
    const entries = Object.entries(value).map(([name, item]) => [
      plain(name),
      field(name, item, value, under),
    ]);
    return Object.fromEntries(entries);
  }

  function value(whole: unknown): unknown {
    const walked = walk(whole);
    for (const path of fake) {
      JSONPath({
        path,
        json: walked as object,
        eval: false,
        resultType: 'all',
        callback({ parent, parentProperty, value: found }) {
          if (parent !== null && typeof parent === 'object') parent[parentProperty] = fakeValue(found);
        },
      });
    }
    return walked;
  }

  function url(text: string): string {
    const found = text.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${hidden}@`);
    return plain(found).replace(/([?&;])([^=&;#]+)=([^&;#]*)/g, (whole, start: string, name: string) =>
      isCredentialParam(percentDecoded(name)) ? `${start}${name}=${hidden}` : whole,
    );
  }

  function body(text: string): string {
    try {
      const parsed = parseJson(text);
      if (typeof parsed === 'object' && parsed !== null) return toJsonText(value(parsed));
    } catch {
      // A body need not be JSON.
    }
    const isForm = /^[\w.[\]%-]+=[^\s<>{}]*$/.test(text);
    const scrubbed = redactCredentials(plain(text));
    return isForm ? url(`?${scrubbed}`).slice(1) : scrubbed;
  }

  return Object.freeze({
    text: (text: string) => redactCredentials(plain(text)),
    url,
    value,
    body,
    headers(headers: Iterable<readonly [string, string]>) {
      const shown: Record<string, string> = {};
      for (const [name, text] of headers)
        shown[name] = isCredentialHeader(name) ? withoutCredential(text) : redactCredentials(plain(text));
      return shown;
    },
  });
}

/** Links of a body have the same users and parameters as requests. */
function withoutCredentials(text: string, keepsPages: boolean): string {
  const found = text.replace(/(:\/\/)[^/?#@\s"'<>\\]+@/g, `$1${hidden}@`);
  if (!found.includes('=')) return found;
  return found.replace(/([?&])([\w.-]{2,40})=[^&;#\s"'<>\\]+/g, (whole, start: string, name: string) =>
    isCredentialParam(name) && !(keepsPages && /^token$/i.test(name)) ? `${start}${name}=${hidden}` : whole,
  );
}

/** The scheme of an Authorization header is no secret. */
function withoutCredential(value: string): string {
  const scheme = /^([A-Za-z]+)\s+\S/.exec(value)?.[1];
  return scheme === undefined ? hidden : `${scheme} ${hidden}`;
}
