import * as z from 'zod';
import type { CountLeftOut, RecordExtractor, RecordPlace } from '../../contract/families.ts';
import type { DecodedResponse } from '../../contract/http-response.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { replayable } from '../../sync/pages/decoded-response.ts';
import { pyTruth } from '../../template/python-values.ts';

/** Joins what several extractors find in a response, or takes the first one that finds anything. */
export const CombinedExtractor = component({
  family: 'RecordExtractor',
  type: 'CombinedExtractor',
  doc: 'Finds the records of a response in several places, or in the first of several that has any.',
  fields: () => ({
    extractors: z.array(slot('RecordExtractor')).min(1).describe('The extractors, in order.'),
    mode: z
      .enum(['union', 'first_match'])
      .default('union')
      .describe('Take the records of all of them, or of the first one that finds any.'),
    skip_empty_records: z
      .boolean()
      .default(false)
      .describe('Leave out null, {}, [] and empty texts. A paginator counts them nevertheless.'),
  }),
  traits: ({ mode }) => ({ addsUp: mode === 'union', readsAgain: true }),
  make({ extractors, mode, skip_empty_records }, scope) {
    const parts = extractors.map((extractor) => extractor(scope));

    async function* recordsOf(
      index: number,
      page: DecodedResponse,
      countLeftOut: CountLeftOut,
    ): AsyncGenerator<readonly unknown[]> {
      const part = parts[index] as RecordExtractor;
      if (!skip_empty_records) {
        yield* part.extract(page, countLeftOut);
        return;
      }
      let empty = 0;
      for await (const batch of part.extract(page, countLeftOut)) {
        const records = batch.filter(pyTruth);
        if (records.length < batch.length) {
          empty += batch.length - records.length;
          countLeftOut(batch.length - records.length);
        }
        if (records.length > 0) yield records;
      }
      if (empty > 0) warnOfEmpty(empty, index);
    }

    function warnOfEmpty(count: number, index: number): void {
      scope.sync.log(
        'WARN',
        `Extractor ${index + 1} of a CombinedExtractor found ${count} empty records, which are left out ("skip_empty_records"). The response may say why they are empty.`,
      );
    }

    async function* union(
      page: DecodedResponse,
      countLeftOut: CountLeftOut,
    ): AsyncGenerator<readonly unknown[]> {
      for (const index of parts.keys()) yield* recordsOf(index, page, countLeftOut);
    }

    async function* firstMatch(
      page: DecodedResponse,
      countLeftOut: CountLeftOut,
    ): AsyncGenerator<readonly unknown[]> {
      for (const index of parts.keys()) {
        // What an extractor leaves out counts only when it has found something.
        let isMatch = false;
        let leftOut = 0;
        const count: CountLeftOut = (more) => {
          if (isMatch) countLeftOut(more);
          else leftOut += more;
        };
        for await (const batch of recordsOf(index, page, count)) {
          if (!isMatch) countLeftOut(leftOut);
          isMatch = true;
          yield batch;
        }
        if (isMatch) return;
      }
    }

    /** That of the one which finds its own, or comes nearest. */
    function placeIn(document: unknown): RecordPlace {
      const places = parts.flatMap((part) => part.placeIn?.(document) ?? []);
      const missing = ({ steps, along }: RecordPlace) => steps + 1 - along.length;
      return places.reduce((best, next) => (missing(next) < missing(best) ? next : best));
    }

    const extract = mode === 'union' ? union : firstMatch;
    return Object.freeze({
      ...(parts.every((part) => part.placeIn !== undefined) && { placeIn }),
      extract: (page: DecodedResponse, countLeftOut: CountLeftOut = () => {}) =>
        extract(replayable(page), countLeftOut),
    });
  },
});
