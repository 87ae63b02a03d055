import {
  ConnectorError,
  cachedBy,
  type ErrorHandler,
  extend,
  HttpRequester,
  type HttpResponse,
  isObject,
  type Readers,
  type Requester,
  type ResponseCache,
  requestKey,
  type Scope,
  type SendOptions,
  wrapSlot,
} from 'manifold-connectors';
import { pacedScope } from './paced-requester.ts';
import { ScrollLost, scrollOf } from './scroll.ts';

/**
 * A PacedRequester for the pages of a scroll, one instance for each reading of it. It throws ScrollLost where the error
 * handler says RESET_PAGINATION and when the connection broke: the scroll may have advanced with that request, so
 * sending it again would skip a page.
 */
export const ScrollRequester = extend(HttpRequester, {
  name: 'ScrollRequester',
  doc: 'Asks for the pages of a scroll, each once per sync, and never repeats a request that failed.',
  make(fields, scope, base) {
    const scroll = scrollOf(scope.sync);
    let generation = 0;
    let page = 0;
    const inner = base(
      { ...fields, error_handler: fields.error_handler && wrapSlot(fields.error_handler, withoutRepeats) },
      pagesOnce(
        // All pages of a scroll have the same URL, and so has the first page of the next scroll.
        cachedBy(pacedScope(scope), (request) =>
          scroll.keeps(`scroll ${generation}, page ${page}: ${requestKey(request)}`),
        ),
        () => page,
      ),
    );

    const send = async (options: SendOptions): Promise<HttpResponse> => {
      if (options.token === undefined) {
        generation = scroll.generation;
        page = 0;
      }
      if (generation !== scroll.generation) throw new ScrollLost('It was lost while another stream read it.');
      try {
        const response = await inner.send(options);
        page++;
        return response;
      } catch (error) {
        if (error instanceof ScrollOver) {
          scroll.renew();
          return send(options);
        }
        if (error instanceof ScrollLost) {
          scroll.lose();
          scope.sync.log('INFO', `The scroll over companies was lost and starts again. ${error.message}`);
        }
        throw error;
      }
    };
    return Object.freeze<Requester>({ send: (options) => scroll.turn(() => send(options)) });
  },
});

/** Its pages were for those who have read them: who comes later needs a scroll of its own. */
class ScrollOver extends Error {}

/**
 * A page that has come is answered from the cache, or not at all: the scroll is beyond it, and would answer a later one.
 */
function pagesOnce(scope: Scope, pageNumber: () => number): Scope {
  const { sync } = scope;
  const { cache } = sync;
  const scroll = scrollOf(sync);
  let isUnread = false;
  const kept = Object.freeze<ResponseCache>({
    ...cache,
    forget(request) {
      cache.forget?.(request);
      isUnread = true;
    },
    fetch(request, send) {
      const page = pageNumber();
      const ask = async (): Promise<HttpResponse> => {
        // An answer that cannot be read has not come, but the scroll is beyond it.
        if (isUnread && page > 0) throw new ScrollLost('A page of it could not be read.');
        if (isUnread) scroll.pages = 0;
        isUnread = false;
        if (page === 0 && scroll.pages > 0 && scroll.mayRenew) throw new ScrollOver();
        if (page < scroll.pages) throw notKept();
        await scroll.lock(request);
        const response = await send();
        if (response.status === 200) scroll.pages = page + 1;
        return response;
      };
      return cache.fetch(request, ask, twice(sync.readersOf(scope.node)));
    },
  });
  return { ...scope, sync: { ...sync, cache: kept } };
}

/** Whoever reads a scroll goes through it to the end, and then once more for its records. */
function twice(readers: Readers | undefined): Readers | undefined {
  return readers && new Map([...readers].map(([stream, times]) => [stream, 2 * times]));
}

function notKept(): ConnectorError {
  return new ConnectorError(
    `The pages of the scroll over companies could not be kept: neither in memory nor in a temporary file. Make room for temporary files and sync again.`,
    { kind: 'system_error' },
  );
}

/** The same handler for requests of which none may be sent twice. */
function withoutRepeats(handler: ErrorHandler): ErrorHandler {
  return Object.freeze<ErrorHandler>({
    ...handler,
    async resolve(outcome) {
      if ('error' in outcome) throw new ScrollLost(outcome.error.message, outcome.error);
      const resolution = await handler.resolve(outcome);
      if (resolution.action !== 'RESET_PAGINATION') return resolution;
      throw new ScrollLost(
        `Intercom answered ${outcome.response.status}: ${await messageOf(outcome.response)}`,
      );
    },
  });
}

/** The message of an error list, or the beginning of anything else. */
async function messageOf(response: HttpResponse): Promise<string> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    const [first] = isObject(body) && Array.isArray(body.errors) ? body.errors : [];
    if (isObject(first)) return String(first.message ?? first.code ?? '');
  } catch {
    // Not JSON: shown as it is.
  }
  return text.slice(0, 200);
}
