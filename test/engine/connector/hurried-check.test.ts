import { TransportError } from '../../../engine/http/wire/transport-error.ts';
import { checkManifest, manifestOf } from '../../kit/read-manifest.ts';
import { fakeClock } from '../../kit/scope.ts';

const strategies = (list: string) => `
name: items
retriever:
  requester: { url: https://api.test/items, error_handler: { backoff_strategies: [${list}] } }
  record_selector: { extractor: { field_path: [] } }
`;
const dead = () => ({ error: new TransportError('api.test: the connection was refused', 'ECONNREFUSED') });
const seconds = (sleeps: readonly number[]) => sleeps.reduce((sum, each) => sum + each, 0) / 1000;

describe('a check', () => {
  it.each([
    ['', 31],
    ['{ type: ExponentialBackoffStrategy, factor: 4 }', 9],
    // Longer than a check waits, so it does not wait at all.
    ['{ type: ConstantBackoffStrategy, backoff_time_in_seconds: 90 }', 0],
  ])('gives up on a dead host in well under a minute, and says what is wrong: %s', async (list, total) => {
    const clock = fakeClock();
    const { succeeded, message } = await checkManifest(manifestOf(strategies(list).trim()), dead, { clock });
    expect(succeeded).toBe(false);
    expect(message).toContain('api.test: the connection was refused');
    expect(seconds(clock.sleeps)).toBe(total);
  });

  it('gives up on a host that takes connections nowhere after the first of them', async () => {
    const clock = fakeClock();
    const answers = () => {
      clock.advance(30_000);
      return {
        error: new TransportError('api.test: no connection in 30 seconds', 'UND_ERR_CONNECT_TIMEOUT'),
      };
    };
    const { succeeded } = await checkManifest(manifestOf(strategies('').trim()), answers, { clock });
    expect(succeeded).toBe(false);
    expect(clock.sleeps).toEqual([]);
  });

  it('gives up on an endpoint for tokens within a minute', async () => {
    const clock = fakeClock();
    const stream = strategies('').replace(
      'requester: {',
      'requester: { authenticator: { type: OAuthAuthenticator, token_refresh_endpoint: "https://auth.test/", client_id: a, client_secret: b, refresh_token: c },',
    );
    const busy = () => ({ status: 503, headers: { 'retry-after': '999999' } });
    const { succeeded, message } = await checkManifest(manifestOf(stream.trim()), busy, { clock });
    expect(succeeded).toBe(false);
    expect(message).toContain('OAuth access token failed: status 503');
    expect(seconds(clock.sleeps)).toBeGreaterThan(30);
    expect(seconds(clock.sleeps)).toBeLessThanOrEqual(60);
  });

  it('waits as long as an API asks to, up to a minute', async () => {
    const clock = fakeClock();
    const answers = [{ status: 429, headers: { 'retry-after': '50' } }, { body: [{ id: 1 }] }];
    const list = '{ type: WaitTimeFromHeader, header: retry-after }';
    const { succeeded } = await checkManifest(manifestOf(strategies(list).trim()), answers, { clock });
    expect(succeeded).toBe(true);
    expect(seconds(clock.sleeps)).toBe(51);
  });
});
