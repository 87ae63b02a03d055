import type { Place } from '../../error/place.ts';

/** Why a test has failed. */
export interface Failure {
  /** What went wrong between the requests and the exchanges; undefined for expectations that were not met. */
  readonly code?: 'REQUEST_UNEXPECTED' | 'EXCHANGE_UNUSED';
  /** A sentence. */
  readonly message: string;
  /** Lines below it: differences, one each. */
  readonly details?: readonly string[];
  /** Where in the test file. */
  readonly place: Place | undefined;
}
