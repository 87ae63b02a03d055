import type { Transport } from '../contract/scope.ts';
import { createTransport } from '../http/wire/transport.ts';
import type { TransportSettings } from '../http/wire/transport-settings.ts';
import { version } from '../util/version.ts';

/** What a connector sends its requests with, unless it is given something else. */
export function defaultTransport({
  dispatcher,
  env,
}: Pick<TransportSettings, 'dispatcher' | 'env'>): Transport {
  return createTransport({ userAgent: `manifold/${version}`, dispatcher, ...(env && { env }) });
}
