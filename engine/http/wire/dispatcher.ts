import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { TransportSettings } from './transport-settings.ts';

/** Connections that are kept alive, through a proxy if the environment names one. Loaded with the first request. */
export function createDispatcher(settings: TransportSettings): Dispatcher {
  const { connectTimeout = 30_000, headersTimeout = 300_000, bodyTimeout = 300_000 } = settings;
  const env = settings.env ?? process.env;
  const httpProxy = withScheme(env.http_proxy || env.HTTP_PROXY);
  const httpsProxy = withScheme(env.https_proxy || env.HTTPS_PROXY);
  const options = { headersTimeout, bodyTimeout, connect: { timeout: connectTimeout } };
  if (httpProxy === undefined && httpsProxy === undefined) return new Agent(options);
  const noProxy = env.no_proxy ?? env.NO_PROXY ?? '';
  // Plain http goes to the proxy in absolute form, since many proxies refuse CONNECT to port 80. An empty string means
  // no proxy.
  return new EnvHttpProxyAgent({
    ...options,
    noProxy,
    httpProxy: httpProxy ?? '',
    ...(httpsProxy !== undefined && { httpsProxy }),
    proxyTunnel: false,
  });
}

/** `proxy.test:3128` is a common way to write it, and means http. */
function withScheme(proxy: string | undefined): string | undefined {
  if (proxy === undefined || proxy === '') return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}
