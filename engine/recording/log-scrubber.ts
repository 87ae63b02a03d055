import type { Redactor } from '../http/wire/redact.ts';
import { createScrubber, type Scrubber } from '../scrub/scrubber.ts';

/** Takes secrets and credentials out, and leaves people in: a replay writes the very records that were written. */
export function createLogScrubber(redactor: Redactor): Scrubber {
  return createScrubber({ redactor, keepsPeople: true });
}
