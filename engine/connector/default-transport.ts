import type { Dispatcher } from 'undici';
import type { Transport } from '../contract/scope.ts';
import { createTransport } from '../http/wire/transport.ts';
import { version } from '../util/version.ts';

/** What a connector sends its requests with, unless it is given something else. */
export function defaultTransport(dispatcher?: Dispatcher): Transport {
  return createTransport({ userAgent: `manifold/${version}`, dispatcher });
}
