import { cachedBy, extend, HttpRequester, requestKey } from 'manifold-connectors';

/** An HttpRequester whose `use_cache` also remembers searches: POST requests that change nothing. */
export const SearchedOnce = extend(HttpRequester, {
  name: 'SearchedOnce',
  make: (fields, scope, base) => base(fields, cachedBy(scope, requestKey)),
});
