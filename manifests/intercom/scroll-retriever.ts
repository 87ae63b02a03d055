import {
  ConnectorError,
  defineHook,
  type JsonObject,
  type Page,
  type Retriever,
  slot,
} from 'manifold-connectors';
import * as z from 'zod';
import { ScrollLost, scrollOf } from './scroll.ts';

/** Between a lost scroll and the next one: 1, 2, 4 … seconds, at most this many. */
const longestWaitMs = 30_000;

/**
 * Reads a list that can only be scrolled. A scroll that nobody asks for a minute is lost, and whoever takes the records
 * may take longer than that, so all pages are first read into the cache of the sync and emitted from there. When the
 * scroll is lost all the same, it starts again from the top, a limited number of times.
 */
export const ScrollRetriever = defineHook('Retriever', {
  name: 'ScrollRetriever',
  doc: 'Reads a scroll to its end before it emits the first record, and begins again when it is lost.',
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever').describe(
      'Reads the scroll once; its requester is a ScrollRequester.',
    ),
    max_restarts: z
      .number()
      .int()
      .min(0)
      .default(10)
      .describe('How often the scroll may be lost in one sync.'),
  }),
  make(fields, scope) {
    const { clock, signal } = scope.sync;
    const scroll = scrollOf(scope.sync);

    const waitAfter = async (lost: ScrollLost): Promise<void> => {
      const times = scroll.losses;
      if (times > fields.max_restarts) {
        throw new ConnectorError(
          `Intercom lost the scroll over companies ${times} times in this sync, so it was given up; sync again later. The last time: ${lost.message}`,
          { kind: 'transient_error', cause: lost },
        );
      }
      await clock.sleep(Math.min(1000 * 2 ** (times - 1), longestWaitMs), signal);
    };

    /** Its pages are in the cache afterwards. */
    const readThrough = async (pages: AsyncIterable<Page>): Promise<void> => {
      try {
        for await (const _ of pages) signal.throwIfAborted();
      } finally {
        await scroll.unlock();
      }
    };

    return Object.freeze<Retriever>({
      router: fields.retriever(scope).router,
      async *read(slice, reading) {
        const seen = new Set<unknown>();
        const isNew = ({ id }: JsonObject): boolean => {
          if (id === undefined) return true;
          const before = seen.size;
          return seen.add(id).size > before;
        };
        const leave = scroll.enter();
        try {
          for (;;) {
            try {
              if (reading.isPreview !== true) await readThrough(fields.retriever(scope).read(slice, reading));
              scroll.mayRenew = false;
              for await (const page of fields.retriever(scope).read(slice, reading)) {
                const records = page.records.filter(isNew);
                if (records.length > 0) yield { ...page, records };
              }
              return;
            } catch (error) {
              if (!(error instanceof ScrollLost)) throw error;
              await waitAfter(error);
            }
          }
        } finally {
          leave();
        }
      },
    });
  },
});
