import { createHmac } from 'node:crypto';
import { extend, HttpRequester, type Middleware, template, withMiddleware } from 'manifold-connectors';

/** Signs every request, with its path and the time. */
function signing(secret: string, now: () => number): Middleware {
  return async (request, next) => {
    const time = String(Math.floor(now() / 1000));
    const signature = createHmac('sha256', secret).update(`${time}${request.url.pathname}`).digest('hex');
    return next({
      ...request,
      headers: { ...request.headers, 'X-Time': time, 'X-Signature': signature },
    });
  };
}

/** An HttpRequester for an API that wants its requests signed. */
export const SignedRequester = extend(HttpRequester, {
  name: 'SignedRequester',
  doc: 'Signs every request.',
  fields: () => ({ secret: template().describe('The key of the signature, usually from the config.') }),
  make({ secret, ...fields }, scope, base) {
    const key = String(secret(scope)());
    scope.sync.addSecret(key);
    return base(fields, withMiddleware(scope, signing(key, scope.sync.clock.now)));
  },
});
