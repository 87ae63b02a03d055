import {
  ConnectorError,
  extend,
  type JsonObject,
  type Middleware,
  type ResponseCache,
  type Retriever,
  type Scope,
  SimpleRetriever,
  withMiddleware,
} from 'manifold-connectors';

/** How often a scroll may begin again in one sync. */
const mostRestarts = 10;
/** Between two scrolls: 1, 2, 4 … seconds, at most this many. */
const longestWait = 30;

class ScrollLost extends ConnectorError {
  constructor() {
    super('The scroll over the companies was lost: Intercom answered 500.', { kind: 'transient_error' });
    this.name = 'ScrollLost';
  }
}

/** A scroll that has failed once cannot be continued: sending the request again would only fail again. */
const lost: Middleware = async (request, next) => {
  const response = await next(request);
  if (response.status !== 500) return response;
  await response.discard();
  throw new ScrollLost();
};

/** All pages of a scroll have one address: an answer that was kept for it would be told as each of them. */
function unkept(scope: Scope): Scope {
  const cache: ResponseCache = {
    ...scope.sync.cache,
    fetch: (_request, send) => send(),
    readBy: () => cache,
  };
  return { ...scope, sync: { ...scope.sync, cache } };
}

/**
 * The retriever of companies in Airbyte's own Intercom manifest: a SimpleRetriever that begins its scroll again when the API
 * answers 500. What had been read before is not told twice. It gives up after ten times.
 */
export const CustomScrollRetriever = extend(SimpleRetriever, {
  name: 'CustomScrollRetriever',
  doc: 'A SimpleRetriever that starts from the first page again when Intercom loses the scroll.',
  make(fields, scope, base) {
    const { clock, signal, log } = scope.sync;
    const retriever = base(fields, withMiddleware(unkept(scope), lost));
    return Object.freeze<Retriever>({
      ...retriever,
      async *read(slice, reading) {
        const seen = new Set<unknown>();
        const isNew = ({ id }: JsonObject): boolean => id === undefined || !seen.has(id);
        for (let restarts = 0; ; restarts++) {
          try {
            for await (const page of retriever.read(slice, reading)) {
              const records = page.records.filter(isNew);
              for (const { id } of records) seen.add(id);
              yield { ...page, records };
            }
            return;
          } catch (error) {
            if (!(error instanceof ScrollLost) || restarts >= mostRestarts) throw error;
            log('INFO', `${error.message} It starts again.`);
            await clock.sleep(Math.min(2 ** restarts, longestWait) * 1000, signal);
          }
        }
      },
    });
  },
});
