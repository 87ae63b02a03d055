import type { OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Purpose } from '../../contract/purpose.ts';
import type { Scope } from '../../contract/scope.ts';
import { ConnectorError, isConnectorError } from '../../error/connector-error.ts';
import { messageOf } from '../../util/text/message-of.ts';
import { authPurpose } from './auth-purpose.ts';
import { loginSecrets } from './login-secrets.ts';

/** As the Python CDK: give up five minutes after the first attempt. */
const longestRetryMs = 300_000;
const mostAttempts = 30;

const tokenPurpose: Purpose = {
  type: 'AUTH',
  title: 'Refresh token',
  description: 'Obtains access token',
};

/**
 * Sends a request that belongs to no stream: a token, a quota. Waits and tries again on 429, 5xx and a broken
 * connection; other statuses and the `settled` ones are the
 * caller's to judge. `what` begins the sentence of an error.
 */
export async function sendForToken(
  request: OutgoingRequest,
  what: string,
  scope: Scope,
  settled: readonly number[] = [],
  findSecrets = loginSecrets(scope.sync),
): Promise<HttpResponse> {
  const { clock, http, log, longestWait, random, signal, holdsSecret } = scope.sync;
  const started = clock.now();
  for (let attempt = 1; ; attempt++) {
    let trouble: string;
    let cause: unknown;
    try {
      const response = await http.send(
        { ...request, headers: { ...request.headers } },
        { signal, followRedirects: true, credentials: { headers: new Set(), holdsSecret }, findSecrets },
      );
      if (scope.sync.onExchange !== undefined) {
        await response.bytes();
        scope.sync.onExchange({
          stream: undefined,
          purpose: authPurpose(tokenPurpose, scope),
          request,
          response,
        });
      }
      const { status } = response;
      if (settled.includes(status) || (status !== 429 && status < 500)) return response;
      trouble = `status ${status}`;
      await response.discard();
    } catch (thrown) {
      if (signal.aborted || isConnectorError(thrown)) throw thrown;
      trouble = messageOf(thrown);
      cause = thrown;
    }
    const left =
      Math.min(longestRetryMs, (longestWait ?? Number.POSITIVE_INFINITY) * 1000) - (clock.now() - started);
    const isLast =
      left <= 0 ||
      attempt >= mostAttempts ||
      (scope.sync.limits !== undefined && scope.sync.limits.isAsInSync !== true);
    if (isLast) {
      throw new ConnectorError(`${what} failed: ${trouble}.`, { kind: 'transient_error', cause });
    }
    const wait = Math.min(random() * 1000 * 2 ** (attempt - 1), left);
    log('INFO', `${what} failed (${trouble}); trying again in ${(wait / 1000).toFixed(1)} s.`);
    await clock.sleep(wait, signal);
  }
}
