import { constants, createHmac, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { JwtAuthenticator } from '../../../../engine/components/authenticators/jwt-authenticator.ts';
import { emptyParts } from '../../../../engine/contract/request-parts.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';
import { TestRequestOption } from './option.ts';
import { headersBy } from './request.ts';

const now = Date.UTC(2024, 0, 1);
const seconds = now / 1000;

async function tokenOf(definition: JsonObject, config: JsonObject = {}): Promise<string> {
  const scope = testScope({ now, config, components: [TestRequestOption] });
  const { Authorization = '' } = await headersBy(makeComponent(JwtAuthenticator, definition, scope));
  return Authorization;
}

function read(token: string) {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  return {
    header: json(header),
    payload: json(payload),
    text: `${header}.${payload}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });

describe('the token', () => {
  it('has the registered headers and claims, and lasts as long as it says', async () => {
    const token = await tokenOf(
      {
        secret_key: 'secret',
        algorithm: 'HS256',
        token_duration: 60,
        jwt_headers: { kid: 'key 1', cty: 'JWT' },
        additional_jwt_headers: { region: 'eu' },
        jwt_payload: { iss: "{{ config['issuer'] }}", sub: 'them', aud: 'api' },
        additional_jwt_payload: { scope: 'read' },
      },
      { issuer: 'us' },
    );
    const { header, payload, text, signature } = read(token);
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'key 1', cty: 'JWT', region: 'eu' });
    // As PyJWT sorts them, so that the same claims are the same text.
    expect(Object.keys(header)).toEqual(['alg', 'cty', 'kid', 'region', 'typ']);
    expect(payload).toEqual({
      scope: 'read',
      iss: 'us',
      sub: 'them',
      aud: 'api',
      iat: seconds,
      nbf: seconds,
      exp: seconds + 60,
    });
    expect(signature).toEqual(createHmac('sha256', 'secret').update(text).digest());
  });

  it('is a secret without the word before it', async () => {
    const scope = testScope({ now });
    const fields = { secret_key: 'secret', algorithm: 'HS256', header_prefix: 'Bearer' };
    const { Authorization = '' } = await headersBy(makeComponent(JwtAuthenticator, fields, scope));
    expect(scope.secrets).toEqual([Authorization.replace('Bearer ', '')]);
  });

  it('may be signed by the base64 text of the secret', async () => {
    const { text, signature } = read(
      await tokenOf({ secret_key: 'secret', algorithm: 'HS512', base64_encode_secret_key: true }),
    );
    expect(signature).toEqual(createHmac('sha512', 'c2VjcmV0').update(text).digest());
  });

  it.each(['RS256', 'RS384', 'RS512'])('is signed by %s', async (algorithm) => {
    const { text, signature } = read(await tokenOf({ secret_key: pem(rsa.privateKey), algorithm }));
    expect(verify(`sha${algorithm.slice(2)}`, Buffer.from(text), rsa.publicKey, signature)).toBe(true);
  });

  it.each(['PS256', 'PS384', 'PS512'])(
    'is signed by %s with a salt as long as the hash',
    async (algorithm) => {
      const { text, signature } = read(await tokenOf({ secret_key: pem(rsa.privateKey), algorithm }));
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      const key = { key: rsa.publicKey, padding, saltLength: Number(algorithm.slice(2)) / 8 };
      expect(verify(`sha${algorithm.slice(2)}`, Buffer.from(text), key, signature)).toBe(true);
    },
  );

  it.each([
    ['ES256', 'prime256v1', 64],
    ['ES256K', 'secp256k1', 64],
    ['ES384', 'secp384r1', 96],
    ['ES512', 'secp521r1', 132],
  ])('is signed by %s with two numbers of fixed size', async (algorithm, curve, size) => {
    const { privateKey, publicKey } = ec(curve);
    const { text, signature } = read(await tokenOf({ secret_key: pem(privateKey), algorithm }));
    expect(signature).toHaveLength(size);
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
    expect(verify(`sha${algorithm.slice(2, 5)}`, Buffer.from(text), key, signature)).toBe(true);
  });

  it('is signed by EdDSA', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { text, signature } = read(await tokenOf({ secret_key: pem(privateKey), algorithm: 'EdDSA' }));
    expect(verify(null, Buffer.from(text), publicKey, signature)).toBe(true);
  });

  it('is signed by an encrypted key with its passphrase', async () => {
    const encrypted = rsa.privateKey
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' })
      .toString();
    const definition = { secret_key: encrypted, algorithm: 'RS256', passphrase: 'open' };
    const { text, signature } = read(await tokenOf(definition));
    expect(verify('sha256', Buffer.from(text), rsa.publicKey, signature)).toBe(true);
    await expect(tokenOf({ ...definition, passphrase: 'shut' })).rejects.toThrow(/cannot be signed by RS256/);
  });

  it('finds its key inside a JSON text of the config', async () => {
    const config = { account: JSON.stringify({ private_key: 'secret' }) };
    const definition = {
      secret_key: "{{ json_loads(config['account'])['private_key'] }}",
      algorithm: 'HS256',
    };
    const { text, signature } = read(await tokenOf(definition, config));
    expect(signature).toEqual(createHmac('sha256', 'secret').update(text).digest());
  });
});

describe('the place of the token', () => {
  const definition = { secret_key: 'secret', algorithm: 'HS256' };

  it('is the header Authorization, after the prefix', async () => {
    expect(await tokenOf({ ...definition, header_prefix: 'Bearer' })).toMatch(
      /^Bearer ey[\w-]+\.ey[\w-]+\.[\w-]+$/,
    );
  });

  it('is where the request option says', async () => {
    const request_option = { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'jwt' };
    const scope = testScope({ now, components: [TestRequestOption] });
    const authenticator = makeComponent(JwtAuthenticator, { ...definition, request_option }, scope);
    const parts = emptyParts();
    await authenticator.addTo?.(parts);
    expect(parts.params).toEqual({ jwt: expect.stringMatching(/^ey/) });
    expect(await headersBy(authenticator)).toEqual({});
  });
});

describe('a definition that cannot be signed', () => {
  it.each([
    ['a reserved header', { additional_jwt_headers: { kid: 'x' } }, /"kid" is a reserved name/],
    ['a reserved claim', { additional_jwt_payload: { exp: 1 } }, /"exp" is a reserved name/],
    ['a secret that is no key', { algorithm: 'RS256' }, /cannot be signed by RS256/],
    [
      'a key of another type',
      { algorithm: 'ES256', secret_key: pem(rsa.privateKey) },
      /another type of key than rsa/,
    ],
    [
      'a key on another curve',
      { algorithm: 'ES256', secret_key: pem(ec('secp384r1').privateKey) },
      /the curve prime256v1, not secp384r1/,
    ],
    ['a private key as a shared secret', { secret_key: pem(rsa.privateKey) }, /a shared secret is expected/],
  ])('is refused for %s', async (_, fields, message) => {
    await expect(tokenOf({ secret_key: 'secret', algorithm: 'HS256', ...fields })).rejects.toThrow(message);
  });
});
