import type { Rules } from './rule.ts';
import { countedRecords } from './rules/counted-records.ts';
import { delegatedStreams } from './rules/delegated-streams.ts';
import { effectiveSettings } from './rules/effective-settings.ts';
import { misplacedPageActions } from './rules/misplaced-page-actions.ts';
import { pageSizeReduction } from './rules/page-size-reduction.ts';
import { singleReadings } from './rules/single-readings.ts';
import { summedOffsets } from './rules/summed-offsets.ts';
import { windowSplitting } from './rules/window-splitting.ts';

/** What is also asked before a stream is made: with such an error it would lose records, or read some of them twice. */
export const streamRules = Object.freeze({
  'counted-records': countedRecords,
  'delegated-streams': delegatedStreams,
  'effective-settings': effectiveSettings,
  'misplaced-page-actions': misplacedPageActions,
  'page-size-reduction': pageSizeReduction,
  'single-readings': singleReadings,
  'summed-offsets': summedOffsets,
  'window-splitting': windowSplitting,
} satisfies Rules);
