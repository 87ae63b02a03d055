import type { Duration } from '../../language/field-types/duration.ts';
import { PyTimedelta } from '../../time/timedelta.ts';

/** A duration of zero counts as none. */
export function isSomeDuration(duration: Duration | undefined): Duration | undefined {
  return duration instanceof PyTimedelta && duration.microseconds === 0n ? undefined : duration;
}
