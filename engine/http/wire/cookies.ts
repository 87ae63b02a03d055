import type { CookieJar } from 'tough-cookie';
import type { Cookies } from '../../contract/scope.ts';

/** The cookies of one requester. Their library is loaded with the first one that an API sets. */
export function createCookies(): Cookies {
  let jar: Promise<CookieJar> | undefined;
  return Object.freeze({
    async header(url: URL) {
      return jar === undefined ? undefined : (await (await jar).getCookieString(url.href)) || undefined;
    },
    async store(url: URL, lines: readonly string[]) {
      jar ??= import('tough-cookie').then((cookies) => new cookies.CookieJar(undefined, { looseMode: true }));
      // A cookie that breaks the rules is dropped, as browsers do.
      for (const line of lines) await (await jar).setCookie(line, url.href, { ignoreError: true });
    },
  });
}
