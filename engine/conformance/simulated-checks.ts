import type { Check } from './check.ts';
import { badCatalog } from './checks/bad-catalog.ts';
import { boundary } from './checks/boundary.ts';
import { checkVerdict } from './checks/check-verdict.ts';
import { editsNoLoss } from './checks/edits-no-loss.ts';
import { errExhausted } from './checks/err-exhausted.ts';
import { errFilter } from './checks/err-filter.ts';
import { errGarbage } from './checks/err-garbage.ts';
import { errRetry } from './checks/err-retry.ts';
import { expectedEmitted } from './checks/expected-emitted.ts';
import { fullRefreshSame } from './checks/full-refresh-same.ts';
import { futureState } from './checks/future-state.ts';
import { idempotent } from './checks/idempotent.ts';
import { intsExact } from './checks/ints-exact.ts';
import { pageComplete } from './checks/page-complete.ts';
import { pageEmpty } from './checks/page-empty.ts';
import { pageShort } from './checks/page-short.ts';
import { pageTerminates } from './checks/page-terminates.ts';
import { partitionsSent } from './checks/partitions-sent.ts';
import { pkPresent } from './checks/pk-present.ts';
import { pkUnique } from './checks/pk-unique.ts';
import { recordsNoExtra } from './checks/records-no-extra.ts';
import { recordsSchema } from './checks/records-schema.ts';
import { recordsSome } from './checks/records-some.ts';
import { requestBodies } from './checks/request-bodies.ts';
import { requestBuilds } from './checks/request-builds.ts';
import { requestStable } from './checks/request-stable.ts';
import { resumeNoLoss } from './checks/resume-no-loss.ts';
import { resumeNoRepeat } from './checks/resume-no-repeat.ts';
import { secretCanary } from './checks/secret-canary.ts';
import { stateMonotone } from './checks/state-monotone.ts';
import { stateShape } from './checks/state-shape.ts';
import { statuses } from './checks/statuses.ts';
import { stdoutClean } from './checks/stdout-clean.ts';

/** Checks that read streams from an API made out of the manifest, in the order in which they run and are listed. */
export const simulatedChecks: readonly Check[] = Object.freeze([
  checkVerdict,
  // Requests.
  requestBuilds,
  requestBodies,
  requestStable,
  partitionsSent,
  // Pages.
  pageEmpty,
  pageComplete,
  pageShort,
  pageTerminates,
  // Records.
  recordsSome,
  recordsSchema,
  recordsNoExtra,
  expectedEmitted,
  pkPresent,
  pkUnique,
  intsExact,
  // Incremental.
  stateShape,
  stateMonotone,
  resumeNoLoss,
  resumeNoRepeat,
  idempotent,
  boundary,
  editsNoLoss,
  futureState,
  fullRefreshSame,
  // Errors.
  errRetry,
  errFilter,
  errExhausted,
  errGarbage,
  // Protocol.
  statuses,
  badCatalog,
  stdoutClean,
  secretCanary,
]);
