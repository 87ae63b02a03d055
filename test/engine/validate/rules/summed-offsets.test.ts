import { summedOffsets } from '../../../../engine/validate/rules/summed-offsets.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(summedOffsets);

const retriever = (strategy: string, mode: string) =>
  withRetriever(`
paginator: { type: DefaultPaginator, pagination_strategy: { type: ${strategy} } }
record_selector:
  extractor:
    type: CombinedExtractor
    mode: first_match
    extractors: [{ type: CombinedExtractor, mode: ${mode}, extractors: [{ type: DpathExtractor, field_path: [a] }] }]`);

describe('summedOffsets', () => {
  it('are fine where only one place is taken, or where pages are counted', () => {
    expectValid(retriever('OffsetIncrement', 'first_match'));
    expectValid(retriever('PageIncrement', 'union'));
  });

  it('count records of several places as one page', () => {
    expectErrors(retriever('OffsetIncrement', 'union'), [
      {
        message:
          'An OffsetIncrement counts records, so it cannot be combined with a CombinedExtractor of mode "union", which adds up what several extractors find. Use "first_match", CursorPagination or PageIncrement.',
        at: '{ type: CombinedExtractor, mode: union',
      },
    ]);
  });
});
