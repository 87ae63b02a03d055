import { HttpRequester } from '../../engine/components/requesters/http-requester.ts';
import type {
  ErrorHandler,
  OutgoingRequest,
  Requester,
  SendOptions,
} from '../../engine/contract/families.ts';
import type { HttpResponse } from '../../engine/contract/http-response.ts';
import type { ResponseCache, Scope } from '../../engine/contract/scope.ts';
import { ConnectorError } from '../../engine/error/connector-error.ts';
import { defineHook } from '../../engine/language/component.ts';
import { isObject } from '../../engine/util/json/json.ts';
import { pacedScope } from './paced-requester.ts';
import { ScrollLost, scrollOf } from './scroll.ts';

/**
 * A PacedRequester for the pages of a scroll, one instance for each reading of it. It throws ScrollLost where the error
 * handler says RESET_PAGINATION and when the connection broke: the scroll may have advanced with that request, so
 * sending it again would skip a page.
 */
export const ScrollRequester = defineHook('Requester', {
  name: 'ScrollRequester',
  doc: 'Asks for the pages of a scroll, each once per sync, and never repeats a request that failed.',
  fields: HttpRequester.fields,
  make(fields, scope) {
    const scroll = scrollOf(scope.sync);
    const name = scope.stream?.name ?? 'this stream';
    let generation = 0;
    let page = 0;
    const cache = keyed(scope.sync.cache, () => {
      const key = `scroll ${generation}, page ${page}`;
      return { key, ask: (send) => askOnce(send, page) };
    });
    const inner = HttpRequester.make(
      { ...fields, error_handler: withoutRepeats(fields.error_handler) } as never,
      pacedScope({ ...scope, sync: { ...scope.sync, cache } }),
    );

    /** A page that has come is answered from the cache, or not at all: the scroll would answer a later one. */
    const askOnce = async (ask: () => Promise<HttpResponse>, number: number): Promise<HttpResponse> => {
      if (number < scroll.pages) throw new ConnectorError(notKept(name), { kind: 'system_error' });
      const response = await ask();
      if (response.status === 200) scroll.pages = number + 1;
      return response;
    };

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
        if (error instanceof ScrollLost) {
          scroll.lose();
          scope.sync.log('INFO', `The scroll over ${name} was lost and starts again. ${error.message}`);
        }
        throw error;
      }
    };
    return Object.freeze<Requester>({ send: (options) => scroll.turn(() => send(options)) });
  },
});

/**
 * All pages of a scroll have the same URL, and so has the first page of the next scroll, so the cache needs another
 * key.
 */
function keyed(
  cache: ResponseCache,
  page: () => {
    readonly key: string;
    readonly ask: (send: () => Promise<HttpResponse>) => Promise<HttpResponse>;
  },
): ResponseCache {
  return {
    fetch(request: OutgoingRequest, send) {
      const { key, ask } = page();
      return cache.fetch({ ...request, body: key }, () => ask(send));
    },
    close: () => cache.close(),
  };
}

const notKept = (stream: string): string =>
  `The pages of the scroll over ${stream} could not be kept: neither in memory nor in a temporary file. Make room for temporary files and sync again.`;

function withoutRepeats(slot: unknown): ((scope: Scope) => ErrorHandler) | undefined {
  if (typeof slot !== 'function') return undefined;
  return (scope) => {
    const handler: ErrorHandler = slot(scope);
    return {
      maxRetries: handler.maxRetries,
      ...(handler.maxTime !== undefined && { maxTime: handler.maxTime }),
      backoff: handler.backoff,
      async resolve(outcome) {
        if ('error' in outcome) throw new ScrollLost(outcome.error.message, outcome.error);
        const resolution = await handler.resolve(outcome);
        if (resolution.action !== 'RESET_PAGINATION') return resolution;
        throw new ScrollLost(
          `Intercom answered ${outcome.response.status}: ${await messageOf(outcome.response)}`,
        );
      },
    };
  };
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
