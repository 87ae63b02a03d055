import type { PageCounts } from '../../contract/families.ts';

/** What is known of the pages of a stream for the case that it has no records. */
export interface PageTally {
  /** A page was read: how many records the API gave, how many a `record_filter` left out, how many were emitted. */
  page(counts: PageCounts): void;
  /** Why a stream that ended well has no records; undefined when there is no reason to wonder. */
  reason(): string | undefined;
}

export function createPageTally(stream: string): PageTally {
  let pages = 0;
  let withoutPath = 0;
  let found = 0;
  let filtered = 0;
  let emitted = 0;
  return {
    page(counts) {
      pages += 1;
      found += counts.found;
      filtered += counts.filtered;
      emitted += counts.emitted;
      if (counts.isPathMissing) withoutPath += 1;
    },
    reason() {
      if (emitted > 0 || pages === 0) return undefined;
      if (withoutPath === pages) {
        const where = pages === 1 ? 'the one page that was read' : `any of the ${pages} pages that were read`;
        return `Stream "${stream}" has no records: the "field_path" of its extractor does not exist in ${where}.`;
      }
      if (found > 0 && filtered === found) {
        const all = found === 1 ? 'the one record' : `all ${found} records`;
        return `Stream "${stream}" has no records: its "record_filter" left out ${all} that the API gave.`;
      }
      return undefined;
    },
  };
}
