import type { Environment } from './transport-settings.ts';

/**
 * The proxy for a URL, as python-requests reads the environment: `HTTPS_PROXY` (or `HTTP_PROXY`), then `ALL_PROXY`,
 * unless `NO_PROXY` names the host. The lower-case name wins, and switches the other off when it is empty.
 */
export async function proxyFor(url: URL, env: Environment): Promise<string | undefined> {
  const scheme = url.protocol.slice(0, -1);
  const proxy = variable(env, `${scheme}_proxy`) ?? variable(env, 'all_proxy');
  if (proxy === undefined || (await isDirect(url, env.no_proxy || env.NO_PROXY || ''))) return undefined;
  // `proxy.test:3128` is a common way to write it, and means http.
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function variable(env: Environment, name: string): string | undefined {
  return (env[name] ?? env[name.toUpperCase()]) || undefined;
}

/**
 * Names are suffixes of the host or of `host:port`, with or without a dot in front; `*` is every host. Addresses are
 * named as they are, or as a block (`10.0.0.0/8`).
 */
async function isDirect(url: URL, noProxy: string): Promise<boolean> {
  const names = noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((name) => name !== '');
  if (names.length === 0) return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const forms = [host, `${host}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`, url.host];
  if (names.includes('*')) return true;
  const { isAddress, isInBlock } = await import('./addresses.ts');
  if (!isAddress(host)) return names.some((name) => forms.some((form) => form.endsWith(name)));
  return names.some((name) => forms.includes(name) || isInBlock(host, name.replace(/^\[|\]$/g, '')));
}
