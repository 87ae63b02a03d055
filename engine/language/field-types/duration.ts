import * as z from 'zod';
import { pyTruth } from '../../template/python-values.ts';
import { type PyDuration, parseDuration } from '../../time/duration.ts';
import { PyTimedelta } from '../../time/timedelta.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { checkedTemplate } from './checked-template.ts';

/** A length of time. Months and years have no fixed one. */
export type Duration = PyTimedelta | PyDuration;

const some = 'an ISO 8601 duration (such as P30D or PT1H)';
const fixed = 'an ISO 8601 duration without months or years (such as P1D or PT1M)';

/** A text that is an ISO 8601 duration. */
export function duration() {
  return z.string({ error: `${some} is expected` }).transform((text, context): Duration => {
    const read = tryTo(() => parseDuration(text));
    if (read !== undefined) return read;
    context.addIssue({ code: 'custom', message: `${some} is expected, not "${text}"` });
    return z.NEVER;
  });
}

/** An empty text, which some fields take for nothing. */
export function nothing() {
  return z.literal('').transform(() => undefined);
}

/** A text that is an ISO 8601 duration of a fixed length. */
export function fixedDuration() {
  return z.string({ error: `${fixed} is expected` }).transform((text, context): PyTimedelta => {
    const read = tryTo(() => parseDuration(text));
    if (read instanceof PyTimedelta) return read;
    context.addIssue({ code: 'custom', message: `${fixed} is expected, not "${text}"` });
    return z.NEVER;
  });
}

/** A template that gives an ISO 8601 duration, or nothing: null, an empty text, zero. */
export function durationTemplate() {
  return checkedTemplate<Duration | undefined>({
    read(value) {
      if (!pyTruth(value ?? null)) return { value: undefined };
      const read = typeof value === 'string' ? tryTo(() => parseDuration(value)) : undefined;
      return read && { value: read };
    },
    expected: some,
  });
}

/** A template that gives an ISO 8601 duration of a fixed length. */
export function fixedDurationTemplate() {
  return checkedTemplate<PyTimedelta>({
    read(value) {
      const read = typeof value === 'string' ? tryTo(() => parseDuration(value)) : undefined;
      return read instanceof PyTimedelta ? { value: read } : undefined;
    },
    expected: fixed,
  });
}
