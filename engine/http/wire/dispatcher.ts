import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { trustedCertificates } from './certificates.ts';
import { addressesOf, createConnect } from './connect.ts';
import { proxyFor } from './proxy.ts';
import { tidied } from './tidy-answer.ts';
import { isCloud, type TransportSettings } from './transport-settings.ts';

/** The connections of a transport. Loaded with the first request. */
export interface Wires {
  /** Kept alive; undefined where a URL may have to go through a proxy. */
  readonly direct: Dispatcher | undefined;
  /** The same, through a proxy if the environment names one for that URL. */
  for(url: URL): Promise<Dispatcher>;
  /** One connection per request, for servers whose answers have to be tidied; undefined through a proxy. */
  tidyFor(url: URL): Promise<Dispatcher | undefined>;
  destroy(): Promise<void>;
}

/** python-requests takes headers of any length, 100 of them with 64 KiB each. */
const maxHeaderSize = 1024 * 1024;

export async function createWires(settings: TransportSettings): Promise<Wires> {
  const { connectTimeout = 30_000, headersTimeout = 300_000, bodyTimeout = 300_000 } = settings;
  const env = settings.env ?? process.env;
  const options = { headersTimeout, bodyTimeout, maxHeaderSize };
  const checkAddresses = isCloud(env)
    ? (await import('./public-hosts.ts')).requirePublicAddresses
    : undefined;
  const connect = createConnect({
    timeout: connectTimeout,
    certificates: () => trustedCertificates(env),
    checkAddresses,
  });
  const open = new Map<string, Dispatcher>();

  function once(key: string, make: () => Dispatcher): Dispatcher {
    let dispatcher = open.get(key);
    if (dispatcher === undefined) {
      dispatcher = make();
      open.set(key, dispatcher);
    }
    return dispatcher;
  }

  function throughProxy(proxy: string): Dispatcher {
    const ca = trustedCertificates(env);
    const tls = { timeout: connectTimeout, ...(ca !== undefined && { ca }) };
    // Plain http goes to the proxy in absolute form, since many proxies refuse CONNECT to port 80.
    return new ProxyAgent({ ...options, uri: proxy, proxyTunnel: false, proxyTls: tls, requestTls: tls });
  }

  const noProxies = !Object.keys(env).some((name) => /^(?:https?|all)_proxy$/i.test(name));
  const proxyOf = async (url: URL) => (noProxies ? undefined : proxyFor(url, env));

  const direct = () => once('direct', () => new Agent({ ...options, connect }));

  return Object.freeze({
    direct: noProxies ? direct() : undefined,
    async for(url: URL) {
      const proxy = await proxyOf(url);
      if (proxy !== undefined) {
        // The proxy does the connecting, so this is the last that is seen of the address.
        checkAddresses?.(url.hostname, await addressesOf(url.hostname.replace(/^\[|\]$/g, '')));
        return once(proxy, () => throughProxy(proxy));
      }
      return direct();
    },
    async tidyFor(url: URL) {
      if ((await proxyOf(url)) !== undefined) return undefined;
      return once(
        'tidy',
        () =>
          new Agent({
            ...options,
            connect: (target, callback) =>
              connect(target, (...[error, socket]) =>
                error === null ? callback(null, tidied(socket)) : callback(error, null),
              ),
          }),
      );
    },
    async destroy() {
      await Promise.all([...open.values()].map((dispatcher) => dispatcher.destroy()));
    },
  });
}
