import * as z from 'zod';
import type { Authenticator, RequestOption } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { component } from '../../language/component.ts';
import { type Evaluate, template, templateMapping } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { jsonLoads } from '../../template/python-values.ts';
import { messageOf } from '../../util/text/message-of.ts';
import { rememberSecret } from './computed-secret.ts';
import { injectToken } from './inject-token.ts';
import { type JwtAlgorithm, type JwtToSign, jwtAlgorithms, signJwt } from './sign-jwt.ts';

const reservedHeaders = ['kid', 'alg', 'typ', 'cty'];
const reservedClaims = ['iss', 'sub', 'aud', 'iat', 'exp', 'nbf'];

export const JwtAuthenticator = component({
  family: 'Authenticator',
  type: 'JwtAuthenticator',
  doc: 'Signs a JSON web token for every request.',
  fields: () => ({
    secret_key: template().describe('The shared secret, or the private key as PEM.'),
    base64_encode_secret_key: z
      .boolean()
      .default(false)
      .describe('Signs with the base64 text of the secret instead of the secret.'),
    algorithm: z
      .enum(Object.keys(jwtAlgorithms) as [JwtAlgorithm, ...JwtAlgorithm[]])
      .describe('The algorithm of the signature.'),
    token_duration: z.int().default(1200).describe('Seconds for which a token is good.'),
    header_prefix: template().optional().describe('Word before the token, such as Bearer.'),
    jwt_headers: z
      .strictObject({
        kid: template().optional().describe('Id of the key.'),
        typ: template().prefault('JWT').describe('Media type of the token.'),
        cty: template().optional().describe('Content type of the token.'),
      })
      .optional()
      .describe('Registered headers of the token.'),
    additional_jwt_headers: others(reservedHeaders).optional().describe('Further headers of the token.'),
    jwt_payload: z
      .strictObject({
        iss: template().optional().describe('Who issues the token.'),
        sub: template().optional().describe('Whom the token is about.'),
        aud: template().optional().describe('Whom the token is for.'),
      })
      .optional()
      .describe('Registered claims of the token.'),
    additional_jwt_payload: others(reservedClaims).optional().describe('Further claims of the token.'),
    passphrase: template().optional().describe('Passphrase of an encrypted private key.'),
    request_option: slot('RequestOption', 'RequestOption')
      .optional()
      .describe('Where in the request the token goes; the header Authorization when left out.'),
  }),
  traits: ({ request_option }) => ({
    setsHeader: request_option === undefined ? 'Authorization' : undefined,
  }),
  make(fields, scope) {
    // Service accounts have the key inside a JSON text.
    const evaluate = (value: Evaluate | undefined) => value?.({ json_loads: jsonLoads });
    const secretKey = fields.secret_key(scope);
    const passphrase = fields.passphrase?.(scope);
    const prefix = fields.header_prefix?.(scope);
    const { kid, typ, cty } = fields.jwt_headers ?? {};
    const { iss, sub, aud } = fields.jwt_payload ?? {};
    const headers = { kid: kid?.(scope), typ: typ?.(scope), cty: cty?.(scope) };
    const claims = { iss: iss?.(scope), sub: sub?.(scope), aud: aud?.(scope) };
    const moreHeaders = fields.additional_jwt_headers?.(scope);
    const moreClaims = fields.additional_jwt_payload?.(scope);

    const fail = (message: string, cause?: unknown) =>
      new ConnectorError(message, { kind: 'config_error', nodes: [scope.place], cause });

    function evaluateAll(values: Readonly<Record<string, Evaluate | undefined>>): Record<string, unknown> {
      const given = Object.entries(values).filter(([, value]) => value !== undefined);
      return Object.fromEntries(given.map(([name, value]) => [name, evaluate(value)]));
    }

    function header(): Record<string, unknown> {
      const further = moreHeaders?.() ?? {};
      refuseReserved(further, reservedHeaders, 'additional_jwt_headers');
      const { kid: id, typ: type, ...rest } = { ...further, ...evaluateAll(headers) };
      const media = fields.jwt_headers === undefined ? 'JWT' : type;
      return {
        ...(media ? { typ: media } : {}),
        ...rest,
        ...(id === undefined ? {} : { kid: pythonText(id) }),
      };
    }

    function payload(): Record<string, unknown> {
      const now = Math.floor(scope.sync.clock.now() / 1000);
      const further = moreClaims?.() ?? {};
      refuseReserved(further, reservedClaims, 'additional_jwt_payload');
      const times = { iat: now, exp: now + fields.token_duration, nbf: now };
      return { ...further, ...evaluateAll(claims), ...times };
    }

    function refuseReserved(values: object, reserved: readonly string[], field: string): void {
      const taken = reserved.find((name) => Object.hasOwn(values, name));
      if (taken !== undefined) throw fail(`"${taken}" is a reserved name and cannot be used in ${field}.`);
    }

    function token(): string {
      const secret = pythonText(evaluate(secretKey) ?? '');
      const phrase = passphrase === undefined ? '' : pythonText(evaluate(passphrase) ?? '');
      const isEncrypted = phrase !== '';
      const isEncoded = fields.base64_encode_secret_key && !isEncrypted;
      const before = evaluate(prefix);
      const signed = sign({
        algorithm: fields.algorithm,
        header: header(),
        payload: payload(),
        key: isEncoded ? Buffer.from(secret).toString('base64') : secret,
        ...(isEncrypted && { passphrase: phrase }),
      });
      rememberSecret(signed, scope);
      return before ? `${pythonText(before)} ${signed}` : signed;
    }

    function sign(toSign: JwtToSign): string {
      try {
        return signJwt(toSign);
      } catch (cause) {
        throw fail(
          `The JSON web token cannot be signed by ${fields.algorithm} with this secret_key: ${messageOf(cause)}.`,
          cause,
        );
      }
    }

    const authorization: RequestOption = {
      inject(value, into) {
        into.headers.Authorization = value;
      },
    };
    const option = fields.request_option?.(scope) ?? authorization;
    return Object.freeze<Authenticator>({ token, ...injectToken(option, token) });
  },
});

/** Further names; those that come out of templates are seen when they do. */
function others(reserved: readonly string[]) {
  return templateMapping().superRefine(({ names }, context) => {
    for (const name of names.filter((each) => reserved.includes(each)))
      context.addIssue({ code: 'custom', message: `"${name}" is a reserved name`, path: [name] });
  });
}
