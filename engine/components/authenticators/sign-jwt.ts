import type { KeyObject } from 'node:crypto';
import { nodeCrypto } from '../../util/bytes/node-crypto.ts';

interface Algorithm {
  /** `hmac`, or the type of the private key. */
  readonly key: 'hmac' | 'rsa' | 'ec' | 'ed';
  readonly hash?: string;
  readonly curve?: string;
  readonly isPss?: true;
}

/** RFC 7518 and 8037. */
export const jwtAlgorithms = Object.freeze({
  HS256: { key: 'hmac', hash: 'sha256' },
  HS384: { key: 'hmac', hash: 'sha384' },
  HS512: { key: 'hmac', hash: 'sha512' },
  ES256: { key: 'ec', hash: 'sha256', curve: 'prime256v1' },
  ES256K: { key: 'ec', hash: 'sha256', curve: 'secp256k1' },
  ES384: { key: 'ec', hash: 'sha384', curve: 'secp384r1' },
  ES512: { key: 'ec', hash: 'sha512', curve: 'secp521r1' },
  RS256: { key: 'rsa', hash: 'sha256' },
  RS384: { key: 'rsa', hash: 'sha384' },
  RS512: { key: 'rsa', hash: 'sha512' },
  PS256: { key: 'rsa', hash: 'sha256', isPss: true },
  PS384: { key: 'rsa', hash: 'sha384', isPss: true },
  PS512: { key: 'rsa', hash: 'sha512', isPss: true },
  EdDSA: { key: 'ed' },
} satisfies Record<string, Algorithm>);

export type JwtAlgorithm = keyof typeof jwtAlgorithms;

export interface JwtToSign {
  readonly algorithm: JwtAlgorithm;
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The shared secret, or a private key as PEM. */
  readonly key: string;
  readonly passphrase?: string;
}

/** A signed JSON web token in its compact form. Throws Error when the key does not fit the algorithm. */
export function signJwt({ algorithm, header, payload, key, passphrase }: JwtToSign): string {
  // Sorted, as in PyJWT: tokens of the same claims are then the same text.
  const headers = Object.entries({ ...header, alg: algorithm }).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = `${encode(Object.fromEntries(headers))}.${encode(payload)}`;
  return `${text}.${signature(text, jwtAlgorithms[algorithm], key, passphrase).toString('base64url')}`;
}

function encode(value: unknown): string {
  const text = JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item));
  return Buffer.from(text).toString('base64url');
}

function signature(text: string, algorithm: Algorithm, key: string, passphrase: string | undefined): Buffer {
  const { constants, createHmac, createPrivateKey, sign } = nodeCrypto();
  const { hash } = algorithm;
  if (algorithm.key === 'hmac') {
    if (/^\s*-----BEGIN /.test(key)) throw new Error('a shared secret is expected, and the key is a PEM');
    return createHmac(hash ?? '', key)
      .update(text)
      .digest();
  }
  const privateKey = createPrivateKey(passphrase === undefined ? key : { key, passphrase });
  checkKey(privateKey, algorithm);
  const data = Buffer.from(text);
  if (algorithm.key === 'ec') return sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  if (algorithm.isPss) {
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return sign(hash, data, { key: privateKey, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
  }
  return sign(hash ?? null, data, privateKey);
}

/** Node signs with any key, and the API would only say that the signature is wrong. */
function checkKey(privateKey: KeyObject, { key, curve }: Algorithm): void {
  const type = privateKey.asymmetricKeyType ?? 'unknown';
  const given = privateKey.asymmetricKeyDetails?.namedCurve;
  if (!type.startsWith(key)) throw new Error(`the algorithm needs another type of key than ${type}`);
  if (curve !== undefined && given !== curve) {
    throw new Error(`the algorithm needs a key on the curve ${curve}, not ${given}`);
  }
}
