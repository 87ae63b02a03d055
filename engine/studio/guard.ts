import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { nodeCrypto } from '../util/bytes/node-crypto.ts';

/** Who may talk to the studio: browsers that have shown the token of its URL, from its own page. */
export interface Guard {
  /** Shown once, in the URL that the command prints. */
  readonly token: string;
  /** Takes the token for a cookie. False when it is not the token, or was used before. */
  admit(c: Context, token: string): boolean;
  /** Refuses whoever came by another name, from another page, or without the cookie. */
  readonly middleware: MiddlewareHandler;
  isKnown(c: Context): boolean;
}

/** `port` is known when the server listens. */
export function createGuard(port: () => number): Guard {
  const token = secret();
  const session = secret();
  let isUsed = false;
  // Cookies are kept by host: those of another studio on another port must not take their place.
  const cookie = () => `manifold_studio_${port()}`;
  const hosts = () => ['127.0.0.1', 'localhost'].map((name) => `${name}:${port()}`);
  const isKnown = (c: Context) => same(getCookie(c, cookie()) ?? '', session);

  return Object.freeze<Guard>({
    token,
    isKnown,
    admit(c, given) {
      if (isUsed || !same(given, token)) return false;
      isUsed = true;
      setCookie(c, cookie(), session, { httpOnly: true, sameSite: 'Strict', path: '/' });
      return true;
    },
    async middleware(c, next) {
      const host = c.req.header('host');
      // A name that somebody else's DNS leads here is not ours.
      if (host === undefined || !hosts().includes(host))
        return c.text('This is not the address of the studio.', 403);
      const origin = c.req.header('origin');
      const changes = c.req.method !== 'GET' || c.req.header('upgrade') !== undefined;
      if (origin === undefined ? changes : origin !== `http://${host}`)
        return c.text('Only the page of the studio may ask this.', 403);
      const site = c.req.header('sec-fetch-site');
      if (site === 'cross-site' || site === 'same-site')
        return c.text('Only the page of the studio may ask this.', 403);
      if (c.req.path !== '/open' && !isKnown(c)) return c.html(strangerPage, 403);
      return next();
    },
  });
}

const strangerPage = `<!doctype html><meta charset="utf-8"><title>manifold studio</title>
<p>This page needs the link that <code>manifold studio</code> printed when it started. A link works once: start the command
again for another one.</p>`;

function secret(): string {
  return nodeCrypto().randomBytes(32).toString('base64url');
}

function same(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => nodeCrypto().createHash('sha256').update(text).digest());
  return nodeCrypto().timingSafeEqual(a as Buffer, b as Buffer);
}
