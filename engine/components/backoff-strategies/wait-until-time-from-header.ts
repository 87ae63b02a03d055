import { momentOf } from '../../http/send/moment.ts';
import { component } from '../../language/component.ts';
import { regexTemplate } from '../../language/field-types/regex.ts';
import { seconds, secondsOrEmpty } from '../../language/field-types/seconds.ts';
import { template } from '../../language/fields.ts';
import { headerTime } from './header-text.ts';
import { waitLimit } from './wait-limit.ts';

/** A header says until when to wait: in seconds (or parts of them) since the epoch, or as a date. */
export const WaitUntilTimeFromHeader = component({
  family: 'BackoffStrategy',
  type: 'WaitUntilTimeFromHeader',
  doc: 'Waits until the time that a header of the response says.',
  fields: () => ({
    header: template().describe('Name of the header.'),
    min_wait: secondsOrEmpty()
      .optional()
      .describe('Waits at least so many seconds, also without the header.'),
    regex: regexTemplate().optional().describe('Finds the number at the beginning of the header.'),
    max_waiting_time_in_seconds: seconds()
      .optional()
      .describe('The stream ends rather than wait so long or longer.'),
  }),
  traits: () => ({ waitsUntil: true }),
  make({ header, min_wait, regex, max_waiting_time_in_seconds }, scope) {
    const read = headerTime(header, regex, scope, momentOf);
    const limited = waitLimit(max_waiting_time_in_seconds, scope);
    const least = min_wait?.(scope);
    return {
      backoff(outcome) {
        const until = read(outcome);
        const atLeast = least?.() ?? 0;
        if (!until) return atLeast > 0 ? limited(atLeast) : undefined;
        const wait = (until - scope.sync.clock.now()) / 1000;
        if (atLeast > 0) return limited(Math.max(wait, atLeast));
        return wait < 0 ? undefined : limited(wait);
      },
    };
  },
});
