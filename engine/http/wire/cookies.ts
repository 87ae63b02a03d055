import type { CookieJar } from 'tough-cookie';
import type { Cookies } from '../../contract/scope.ts';

async function headerFrom(jar: Promise<CookieJar>, url: URL): Promise<string | undefined> {
  return (await (await jar).getCookieString(url.href)) || undefined;
}

/** The cookies of one requester. Their library is loaded with the first one that an API sets. */
export function createCookies(): Cookies {
  let jar: Promise<CookieJar> | undefined;
  return Object.freeze({
    header: (url: URL) => jar && headerFrom(jar, url),
    async store(url: URL, lines: readonly string[]) {
      jar ??= import('tough-cookie').then((cookies) => new cookies.CookieJar(undefined, { looseMode: true }));
      // A cookie that breaks the rules is dropped, as browsers do.
      for (const line of lines) await (await jar).setCookie(line, url.href, { ignoreError: true });
    },
  });
}
