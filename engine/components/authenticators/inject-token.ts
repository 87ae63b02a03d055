import type { Authenticator, RequestOption } from '../../contract/families.ts';
import { emptyParts } from '../../contract/request-parts.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { setCredential } from './set-header.ts';

/**
 * An authenticator that puts a token where a request option says. Headers are set on every attempt, so that a retry
 * gets a fresh token; parameters and body fields are part of the request itself.
 */
export function injectToken(
  option: RequestOption,
  token: () => Promise<string> | string,
): Pick<Authenticator, 'authenticate' | 'addTo'> {
  const probe = emptyParts();
  option.inject('', probe);
  const [header] = Object.keys(probe.headers);
  if (header === undefined) {
    return {
      authenticate() {},
      async addTo(parts) {
        option.inject(await token(), parts);
      },
    };
  }
  return {
    async authenticate(request) {
      const value = await token();
      // Without a name there is no header to set. Manifests switch it off that way.
      if (header !== '') setCredential(request, header, pythonText(value));
    },
  };
}
