import type { HttpResponse } from '../../contract/http-response.ts';
import type { SyncScope } from '../../contract/scope.ts';
import { isObject } from '../../util/json/json.ts';

/** What answers of logins call their credentials, and what they call things about these. */
const credential = /token|secret|passw|api_?key|assertion|jwt|session_?(?:id|key)$/i;
const aboutIt = /type|expir|uri$|url$|endpoint|scope|algorithm/i;

/** A shorter text is no credential, unless the manifest says that it is one. */
const shortest = 8;

type Adding = Pick<SyncScope, 'addSecret'>;

/**
 * Takes down every credential of an answer to a login: those that the manifest names, and those of which it makes no use, as
 * a rotated refresh token. Whatever the answer may turn out to be, whoever reads it says what is wrong with it.
 */
export function loginSecrets(sync: Adding, ...named: readonly string[]) {
  return async (response: HttpResponse): Promise<void> => {
    try {
      addSecretsIn(await response.json(), sync, named);
    } catch {
      // It is no JSON.
    }
  };
}

export function addSecretsIn(answer: unknown, sync: Adding, named: readonly string[], name = ''): void {
  if (typeof answer === 'string') {
    const looksSecret = answer.length >= shortest && credential.test(name) && !aboutIt.test(name);
    if (looksSecret || named.includes(name)) sync.addSecret(answer);
  } else if (Array.isArray(answer)) for (const item of answer) addSecretsIn(item, sync, named, name);
  else if (isObject(answer))
    for (const [field, item] of Object.entries(answer)) addSecretsIn(item, sync, named, field);
}
