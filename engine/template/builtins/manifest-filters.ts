import { PyAttributeError, PyTypeError, PyValueError } from '../../time/python-error.ts';
import { nodeCrypto } from '../../util/bytes/node-crypto.ts';
import { decodeBytes, encodeText } from '../methods/text-encoding.ts';
import type { Python } from '../values/python.ts';
import { PyMarkup, textOf } from '../values/text.ts';
import { Undefined } from '../values/undefined.ts';
import { type Builtins, builtin } from './builtin.ts';
import { jsonDumps } from './json-text.ts';
import { regexReplace, regexSearch } from './regex.ts';

type Args = readonly unknown[];

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

function hash([value, type = 'md5', salt = null]: Args, py: Python): string {
  const name = textOf(type);
  if (name === undefined) throw new PyTypeError('attribute name must be string');
  const algorithm = Object.hasOwn(algorithms, name) ? algorithms[name] : undefined;
  if (notAlgorithms.has(name)) throw new PyTypeError(`hashlib.${name} is not an algorithm`);
  if (algorithm === undefined) throw new PyAttributeError(`No hashing function named ${name}`);
  const made = nodeCrypto()
    .createHash(algorithm)
    .update(encodeText(py.str(value)));
  return (py.truth(salt) ? made.update(encodeText(py.str(salt))) : made).digest('hex');
}

function hmac([value, key, type = 'sha256']: Args, py: Python): string {
  if (type !== 'sha256')
    throw new PyValueError(`Hash type '${py.str(type)}' is not allowed. Allowed types: sha256`);
  return nodeCrypto()
    .createHmac('sha256', encodeText(py.str(key)))
    .update(encodeText(py.str(value)))
    .digest('hex');
}

/** Text to encode, or the AttributeError of `value.encode`. */
function encodable(value: unknown, py: Python): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  if (value instanceof Undefined) return value.fail();
  throw new PyAttributeError(`'${py.typeName(value)}' object has no attribute 'encode'`);
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
function searchable(value: unknown, py: Python): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  throw new PyTypeError(`expected string or bytes-like object, got '${py.typeName(value)}'`);
}

function search([value, pattern]: Args, py: Python): unknown {
  const match = regexSearch(searchable(value, py), searchable(pattern, py), py);
  if (match === null || match.length < 2) return '';
  return match[1] ?? null;
}

/** The filters the manifest language adds to Jinja's; `string` replaces Jinja's own. */
export const manifestFilters: Builtins = {
  base64binascii_decode: builtin([], ([value], py) =>
    Buffer.from(encodeText(encodable(value, py), 'ascii')).toString('base64'),
  ),
  base64decode: builtin([], ([value], py) => decodeBytes(base64Decode(encodable(value, py)))),
  base64encode: builtin([], ([value], py) =>
    Buffer.from(encodeText(encodable(value, py))).toString('base64'),
  ),
  hash: builtin(['hash_type?', 'salt?'], hash),
  hmac: builtin(['key', 'hash_type?'], hmac),
  regex_replace: builtin(['regex', 'replacement'], ([value, pattern, replacement], py) =>
    regexReplace(searchable(value, py), searchable(pattern, py), searchable(replacement, py), py),
  ),
  regex_search: builtin(['regex'], search),
  string: builtin([], ([value], py) =>
    typeof value === 'string' || value instanceof PyMarkup ? value : `"""${jsonDumps(value, py)}"""`,
  ),
};
