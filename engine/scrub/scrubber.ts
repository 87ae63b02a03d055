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
import { fakeValue } from './fake.ts';
import { standIn, withoutPeople } from './personal.ts';

const hidden = '****';

/** Fields of a body that carry credentials wherever they are. Names such as "token" may be those of a page. */
const credentialField =
  /^(?:access|refresh|id|auth|session|api|bearer)_?token$|^(?:client_?)?secret$|^(?:api|private|secret)_?key$|^password$|^passwd$|^authorization$/i;

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
  const plain = (text: string) => (keepsPeople ? redactor.text(text) : withoutPeople(redactor.text(text)));

  function field(name: string, value: unknown, owner: JsonObject): unknown {
    if (typeof value === 'string') {
      if (value !== '' && credentialField.test(name)) return hidden;
      return redactor.text(keepsPeople ? value : standIn(name, value, owner));
    }
    return walk(value);
  }

  function walk(value: unknown): unknown {
    if (typeof value === 'string') return plain(value);
    if (typeof value === 'number' || typeof value === 'bigint') {
      // A secret may be a number.
      const text = String(value);
      return redactor.text(text) === text ? value : hidden;
    }
    if (Array.isArray(value)) return value.map(walk);
    if (!isPlainObject(value)) return value;
    const entries = Object.entries(value).map(([name, item]) => [plain(name), field(name, item, value)]);
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
      isCredentialParam(decodedName(name)) ? `${start}${name}=${hidden}` : whole,
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

/** The scheme of an Authorization header is no secret. */
function withoutCredential(value: string): string {
  const scheme = /^([A-Za-z]+)\s+\S/.exec(value)?.[1];
  return scheme === undefined ? hidden : `${scheme} ${hidden}`;
}

function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
