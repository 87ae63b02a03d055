import { PyAttributeError, PyTypeError, PyValueError } from '../time/python-error.ts';
import { nodeCrypto } from '../util/bytes/node-crypto.ts';
import { decodeBytes } from './bytes-methods.ts';
import type { Filter } from './environment.ts';
import { filterOf } from './filter-of.ts';
import { jsonDumps } from './json-text.ts';
import { pyTruth } from './python-logic.ts';
import { regexReplace, regexSearch } from './python-regex.ts';
import { pyStr } from './python-text.ts';
import { typeName } from './python-type-name.ts';
import { PyMarkup, textOf, Undefined } from './python-types.ts';
import { encodeText } from './text-encoding.ts';

const algorithms: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  sha3_224: 'sha3-224',
  sha3_256: 'sha3-256',
  sha3_384: 'sha3-384',
  sha3_512: 'sha3-512',
  blake2b: 'blake2b512',
  blake2s: 'blake2s256',
};

/** What else hashlib has: to call it like an algorithm is a TypeError. */
const notAlgorithms = new Set([
  'new',
  'pbkdf2_hmac',
  'scrypt',
  'file_digest',
  'shake_128',
  'shake_256',
  'algorithms_available',
  'algorithms_guaranteed',
]);

function hash(value: unknown, type: unknown = 'md5', salt: unknown = null): string {
  const name = textOf(type);
  if (name === undefined) throw new PyTypeError('attribute name must be string');
  const algorithm = Object.hasOwn(algorithms, name) ? algorithms[name] : undefined;
  if (notAlgorithms.has(name)) throw new PyTypeError(`hashlib.${name} is not an algorithm`);
  if (algorithm === undefined) throw new PyAttributeError(`No hashing function named ${name}`);
  const made = nodeCrypto()
    .createHash(algorithm)
    .update(encodeText(pyStr(value)));
  return (pyTruth(salt) ? made.update(encodeText(pyStr(salt))) : made).digest('hex');
}

function hmac(value: unknown, key: unknown, type: unknown = 'sha256'): string {
  if (type !== 'sha256')
    throw new PyValueError(`Hash type '${pyStr(type)}' is not allowed. Allowed types: sha256`);
  return nodeCrypto()
    .createHmac('sha256', encodeText(pyStr(key)))
    .update(encodeText(pyStr(value)))
    .digest('hex');
}

/** Text to encode, or the AttributeError of `value.encode`. */
function encodable(value: unknown): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  if (value instanceof Undefined) return value.fail();
  throw new PyAttributeError(`'${typeName(value)}' object has no attribute 'encode'`);
}

/** binascii's rules: lenient about foreign characters, strict about padding. */
function base64Decode(text: string): Uint8Array {
  const fail = (message: string): never => {
    throw new PyValueError(message, 'Error');
  };
  const clean = text.replace(/[^A-Za-z0-9+/=]/g, '');
  let kept = '';
  let quad = 0;
  let pads = 0;
  for (const character of clean) {
    if (character === '=') {
      if (quad >= 2) pads += 1;
      if (quad >= 2 && quad + pads >= 4) return Buffer.from(kept, 'base64');
      continue;
    }
    pads = 0;
    kept += character;
    quad = (quad + 1) % 4;
  }
  if (quad === 1)
    fail(
      `Invalid base64-encoded string: number of data characters (${kept.length}) cannot be 1 more than a multiple of 4`,
    );
  if (quad !== 0) fail('Incorrect padding');
  return Buffer.from(kept, 'base64');
}

/** What re takes: text, or a TypeError. */
function searchable(value: unknown): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  throw new PyTypeError(`expected string or bytes-like object, got '${typeName(value)}'`);
}

function search(value: unknown, pattern: unknown): unknown {
  const match = regexSearch(searchable(value), searchable(pattern));
  if (match === null || match.length < 2) return '';
  return match[1] ?? null;
}

/** The filters the manifest language adds to Jinja's; `string` replaces Jinja's own. */
export const cdkFilters: Readonly<Record<string, Filter>> = {
  base64binascii_decode: filterOf('base64binascii_decode', (value) =>
    Buffer.from(encodeText(encodable(value), 'ascii')).toString('base64'),
  ),
  base64decode: filterOf('base64decode', (value) => decodeBytes(base64Decode(encodable(value)))),
  base64encode: filterOf('base64encode', (value) =>
    Buffer.from(encodeText(encodable(value))).toString('base64'),
  ),
  hash: filterOf('hash', hash, 'hash_type?', 'salt?'),
  hmac: filterOf('hmac', hmac, 'key', 'hash_type?'),
  regex_replace: filterOf(
    'regex_replace',
    (value, pattern, replacement) =>
      regexReplace(searchable(value), searchable(pattern), searchable(replacement)),
    'regex',
    'replacement',
  ),
  regex_search: filterOf('regex_search', search, 'regex'),
  string: filterOf('string', (value) =>
    typeof value === 'string' || value instanceof PyMarkup ? value : `"""${jsonDumps(value)}"""`,
  ),
};
