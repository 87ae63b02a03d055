import * as z from 'zod';
import type { Decoder } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Purpose } from '../../contract/purpose.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { definitionKey } from '../../language/definition-key.ts';
import { type Duration, duration } from '../../language/field-types/duration.ts';
import { slot } from '../../language/slots.ts';
import { datetimeFromMs } from '../../time/datetime.ts';
import { addDuration } from '../../time/duration.ts';
import { compileGet } from '../../util/path/dpath.ts';
import { authPurpose } from './auth-purpose.ts';
import { loginSecrets } from './login-secrets.ts';
import { singleFlight } from './single-flight.ts';

const loginPurpose: Purpose = {
  type: 'AUTH',
  title: 'Login request',
  description: 'Obtains session token',
};

export const SessionTokenAuthenticator = component({
  family: 'Authenticator',
  type: 'SessionTokenAuthenticator',
  doc: 'Logs in by a request of its own and sends the session token that came back.',
  fields: () => ({
    login_requester: slot('Requester', 'HttpRequester').describe('The request that logs in.'),
    session_token_path: z.array(z.string()).describe('Path of the token in the response to the login.'),
    expiration_duration: duration()
      .optional()
      .describe('How long a token is good for (ISO 8601). Without it, every request logs in anew.'),
    request_authentication: slot('SessionTokenAuthentication').describe('How requests carry the token.'),
    decoder: slot('Decoder').optional().describe('Reads the response to the login; JSON when left out.'),
  }),
  make(fields, scope) {
    const decoder = fields.decoder?.(scope);
    const requester = fields.login_requester(scope);
    const purpose = authPurpose(loginPurpose, scope);
    const { clock, addSecret, shared } = scope.sync;

    const findOthers = loginSecrets(scope.sync);
    async function findSecrets(response: HttpResponse): Promise<void> {
      await findOthers(response);
      const token = await tokenIn(response, fields.session_token_path, decoder).catch(() => undefined);
      if (token !== undefined && token !== null) addSecret(String(token));
    }

    async function logIn(): Promise<string> {
      const login = () => requester.send({ purpose, findSecrets });
      const token = await readToken(login, fields.session_token_path, decoder);
      addSecret(token);
      return token;
    }

    const lifetime = fields.expiration_duration;
    const session =
      lifetime === undefined
        ? { token: logIn }
        : shared(
            JSON.stringify([
              'session token',
              String(lifetime),
              fields.session_token_path,
              definitionKey(fields.login_requester.node, scope.parameters),
            ]),
            () =>
              keptToken(
                logIn,
                () => clock.now(),
                (from) => expiry(from, lifetime),
              ),
          );
    const authenticator = fields.request_authentication(scope).authenticator(session.token);
    return Object.freeze('forget' in session ? { ...authenticator, refresh: session.forget } : authenticator);
  },
});

function keptToken(logIn: () => Promise<string>, now: () => number, expiryOf: (from: number) => number) {
  let kept: { readonly token: string; readonly until: number } | undefined;
  const renew = singleFlight(async () => {
    const token = await logIn();
    kept = { token, until: expiryOf(now()) };
    return token;
  });
  return {
    token: async () => (kept !== undefined && kept.until >= now() ? kept.token : renew()),
    forget: () => {
      kept = undefined;
    },
  };
}

function expiry(from: number, lifetime: Duration): number {
  return addDuration(datetimeFromMs(from), lifetime).wallMs;
}

async function readToken(
  login: () => Promise<HttpResponse>,
  path: readonly string[],
  decoder: Decoder | undefined,
) {
  const response = await login();
  if (response.ignored) {
    throw new ConnectorError(
      'The login gave no session token because the error handler ignored its response.',
    );
  }
  const value = await tokenIn(response, path, decoder);
  if (value === undefined || value === null) {
    throw new ConnectorError(`The response to the login has no session token at "${path.join('.')}".`, {
      kind: 'config_error',
    });
  }
  return String(value);
}

async function tokenIn(response: HttpResponse, path: readonly string[], decoder: Decoder | undefined) {
  return compileGet(path)(await firstDocument(response, decoder));
}

async function firstDocument(response: HttpResponse, decoder: Decoder | undefined): Promise<unknown> {
  if (decoder === undefined) return response.json();
  for await (const [document] of decoder.decode(response)) return document;
  return undefined;
}
