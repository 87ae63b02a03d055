import { ConnectorError } from '../../error/connector-error.ts';
import type { Evaluate } from '../../language/fields.ts';
import type { Finding } from '../../language/finding.ts';
import { type Clamp, clampToDay, clampToMonth, clampToWeek, weekdays } from '../../sync/cursor/clamp.ts';
import type { Duration } from '../../sync/cursor/datetime-values.ts';
import { inspectTemplate } from '../../template/template.ts';
import type { PyDateTime } from '../../time/datetime.ts';
import { subtractDuration } from '../../time/duration.ts';
import { timedeltaOf } from '../../time/timedelta.ts';
import type { JsonObject } from '../../util/json/json.ts';

interface Clamping {
  readonly target: Evaluate;
  readonly details: JsonObject | undefined;
}

interface Clamped {
  readonly clamp: (moment: PyDateTime) => PyDateTime;
  readonly end: () => PyDateTime;
}

/** Boundaries move up to the next period. The end moves down, to the last unit of the period before. */
export function evaluateClamping(
  clamping: Clamping | undefined,
  end: () => PyDateTime,
  granularity: Duration | undefined,
): Clamped {
  if (clamping === undefined) return { clamp: (moment) => moment, end };
  const target = clamping.target();
  const clamp = clampTo(target, clamping.details);
  const unit = granularity ?? timedeltaOf(target === 'DAY' ? { seconds: 1 } : { days: 1 });
  return {
    clamp: (moment) => clamp(moment, 'up'),
    end: () => subtractDuration(clamp(end(), 'down'), unit),
  };
}

function clampTo(target: unknown, details: JsonObject | undefined): Clamp {
  if (target === 'DAY') return clampToDay;
  if (target === 'MONTH') return clampToMonth;
  if (target !== 'WEEK') throw configError(unknownTarget(target));
  const index = weekdayOf(details);
  if (index === -1) throw configError(unknownWeekday(details));
  return clampToWeek(index);
}

/** What is wrong with a target that needs no config. */
export function* clampingProblems(target: string, details: JsonObject | undefined): Iterable<Finding> {
  if (target === 'WEEK') {
    if (weekdayOf(details) === -1) yield { message: unknownWeekday(details), at: ['clamping'] };
  } else if (target !== 'DAY' && target !== 'MONTH' && inspectTemplate(target).isPlain) {
    yield { message: unknownTarget(target), at: ['clamping', 'target'] };
  }
}

function weekdayOf(details: JsonObject | undefined): number {
  return (weekdays as readonly unknown[]).indexOf(details?.weekday);
}

function unknownTarget(target: unknown): string {
  return `Windows can be clamped to DAY, WEEK or MONTH, not to "${String(target)}".`;
}

function unknownWeekday(details: JsonObject | undefined): string {
  return details?.weekday === undefined
    ? 'Clamping to WEEK needs the "weekday" that weeks start on in "target_details".'
    : `"${String(details.weekday)}" is not a weekday; the weekdays are ${weekdays.join(', ')}.`;
}

function configError(message: string): ConnectorError {
  return new ConnectorError(message, { kind: 'config_error' });
}
