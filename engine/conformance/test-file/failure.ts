import type { Place } from '../../error/place.ts';

/** Why a test has failed. */
export interface Failure {
  /** A sentence. */
  readonly message: string;
  /** Lines below it: differences, one each. */
  readonly details?: readonly string[];
  /** Where in the test file. */
  readonly place: Place | undefined;
}
