import type { Dispatcher } from 'undici';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface TransportSettings {
  /** Sends all requests, whatever the other settings say about connections; whoever made it closes it. */
  readonly dispatcher?: Dispatcher | undefined;
  /** Value of `User-Agent` unless the manifest sets one. */
  readonly userAgent?: string;
  /**
   * Milliseconds until a connection is made, until the first byte of the answer, and between two chunks of its body.
   */
  readonly connectTimeout?: number;
  readonly headersTimeout?: number;
  readonly bodyTimeout?: number;
  /**
   * Milliseconds that may be spent waiting for a body; after that it must have come with at least a kilobyte per second.
   */
  readonly patience?: number;
  /** Milliseconds that the rest of a body which nobody wants may take before its connection is closed. */
  readonly unwanted?: number;
  /** The most bytes of a body that is held whole, and of one that is read as it comes. */
  readonly bodyLimit?: number;
  readonly streamLimit?: number;
  /** Where proxies, certificates and the mode of the deployment are read from. */
  readonly env?: Environment | undefined;
}

/** Where customers share machines, requests go to public hosts only. */
export function isCloud(env: Environment): boolean {
  return env.DEPLOYMENT_MODE?.toLowerCase() === 'cloud';
}
