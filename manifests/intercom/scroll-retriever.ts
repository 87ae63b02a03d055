import * as z from 'zod';
import { ConnectorError } from '../../engine/error/connector-error.ts';
import { defineHook } from '../../engine/language/component.ts';
import type { OutgoingRequest, Retriever } from '../../engine/language/families.ts';
import { slot } from '../../engine/language/fields.ts';
import type { HttpResponse } from '../../engine/language/http-response.ts';
import type { ResponseCache, Scope } from '../../engine/language/scope.ts';
import type { JsonObject } from '../../engine/util/json.ts';
import { ScrollLost } from './scroll-lost.ts';

/** Between a lost scroll and the next one: 1, 2, 4 … seconds, at most this many. */
const longestWaitMs = 30_000;

/** The scroll of one sync. All that read it share its pages, so they must also agree on when it started again. */
interface Scroll {
  /** 0 for the first scroll, one more for every restart. */
  generation: number;
  /** Resolves when the next scroll may begin. */
  restarted: Promise<void>;
}

/**
 * Reads a list that can only be scrolled: when the scroll is lost it begins again from the top, a bounded number of
 * times, and leaves out what it has emitted before.
 */
export const ScrollRetriever = defineHook('Retriever', {
  name: 'ScrollRetriever',
  doc: 'Reads a scroll, and begins again when it is lost, without emitting a record twice.',
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever').describe('Reads the scroll once.'),
    max_restarts: z
      .number()
      .int()
      .min(0)
      .default(10)
      .describe('How often the scroll may be lost in one sync.'),
  }),
  make(fields, scope): Retriever {
    const { clock, log, shared } = scope.sync;
    const scroll = shared(
      'intercom: scroll',
      (): Scroll => ({ generation: 0, restarted: Promise.resolve() }),
    );
    const name = scope.stream?.name ?? 'companies';

    const restart = (lost: ScrollLost): Promise<void> => {
      if (scroll.generation >= fields.max_restarts) {
        const times = scroll.generation + 1;
        throw new ConnectorError(
          `Intercom lost the scroll over ${name} ${times} times in this sync, so it was given up. Run the sync again later. The last time: ${lost.message}`,
          { kind: 'transient_error', cause: lost },
        );
      }
      const wait = Math.min(1000 * 2 ** scroll.generation, longestWaitMs);
      scroll.generation++;
      log('INFO', `The scroll over ${name} was lost and begins again. ${lost.message}`);
      return clock.sleep(wait, scope.sync.signal);
    };

    return Object.freeze({
      router: fields.retriever(scope).router,
      async *read(slice, reading) {
        const seen = new Set<unknown>();
        const isNew = ({ id }: JsonObject): boolean =>
          id === undefined || (!seen.has(id) && seen.add(id) !== undefined);
        for (;;) {
          await scroll.restarted;
          const { generation } = scroll;
          try {
            for await (const page of fields.retriever(scopeOf(scope, generation)).read(slice, reading)) {
              const records = page.records.filter(isNew);
              if (records.length > 0) yield { ...page, records };
            }
            return;
          } catch (error) {
            if (!(error instanceof ScrollLost)) throw error;
            // Another reader may have begun again already: then this one follows.
            if (generation === scroll.generation) scroll.restarted = restart(error);
          }
        }
      },
    });
  },
});

/**
 * All pages of a scroll have the same URL, and so has the first page of a restarted one. The cache therefore knows a
 * page by its number and the number of its scroll.
 */
function scopeOf(scope: Scope, generation: number): Scope {
  const { cache } = scope.sync;
  let page = 0;
  const numbered: ResponseCache = {
    async fetch(request: OutgoingRequest, send: () => Promise<HttpResponse>) {
      const key = { ...request, body: `scroll ${generation}, page ${page}` };
      const response = await cache.fetch(key, send);
      if (response.status === 200) page++;
      return response;
    },
    close: () => cache.close(),
  };
  return { ...scope, sync: { ...scope.sync, cache: numbered } };
}
