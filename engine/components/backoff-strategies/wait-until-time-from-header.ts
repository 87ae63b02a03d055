import { momentOf } from '../../http/send/moment.ts';
import { component } from '../../language/component.ts';
import { regexTemplate } from '../../language/field-types/regex.ts';
import { numberOrTemplate, template } from '../../language/fields.ts';
import { headerTime } from './header-text.ts';
import { secondsOf } from './seconds.ts';
import { waitLimit } from './wait-limit.ts';

/** A header says until when to wait: in seconds (or parts of them) since the epoch, or as a date. */
export const WaitUntilTimeFromHeader = component({
  family: 'BackoffStrategy',
  type: 'WaitUntilTimeFromHeader',
  doc: 'Waits until the time that a header of the response says.',
  fields: () => ({
    header: template().describe('Name of the header.'),
    min_wait: numberOrTemplate()
      .optional()
      .describe('Waits at least so many seconds, also without the header.'),
    regex: regexTemplate().optional().describe('Finds the number at the beginning of the header.'),
    max_waiting_time_in_seconds: numberOrTemplate()
      .optional()
      .describe('The stream ends rather than wait so long or longer.'),
  }),
  make({ header, min_wait, regex, max_waiting_time_in_seconds }, scope) {
    const read = headerTime(header, regex, scope, momentOf);
    const limited = waitLimit(max_waiting_time_in_seconds, scope);
    const least = min_wait?.(scope);
    return {
      backoff(outcome) {
        const until = read(outcome);
        const value = least?.();
        const atLeast =
          value === undefined || value === null || value === '' ? 0 : secondsOf(value, 'min_wait', scope);
        if (!until) return atLeast > 0 ? limited(atLeast) : undefined;
        const seconds = (until - scope.sync.clock.now()) / 1000;
        if (atLeast > 0) return limited(Math.max(seconds, atLeast));
        return seconds < 0 ? undefined : limited(seconds);
      },
    };
  },
});
