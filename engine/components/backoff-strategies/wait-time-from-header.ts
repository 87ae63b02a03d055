import { waitOf } from '../../http/send/moment.ts';
import { component } from '../../language/component.ts';
import { regexTemplate } from '../../language/field-types/regex.ts';
import { seconds } from '../../language/field-types/seconds.ts';
import { template } from '../../language/fields.ts';
import { headerTime } from './header-text.ts';
import { waitLimit } from './wait-limit.ts';

/** A header says how many seconds to wait, or (as `Retry-After` may) until when. */
export const WaitTimeFromHeader = component({
  family: 'BackoffStrategy',
  type: 'WaitTimeFromHeader',
  doc: 'Waits as many seconds as a header of the response says.',
  fields: () => ({
    header: template().describe('Name of the header.'),
    regex: regexTemplate().optional().describe('Finds the number at the beginning of the header.'),
    max_waiting_time_in_seconds: seconds()
      .optional()
      .describe('The stream ends rather than wait so long or longer.'),
  }),
  make({ header, regex, max_waiting_time_in_seconds }, scope) {
    const read = headerTime(header, regex, scope, (text) => waitOf(text, scope.sync.clock.now()));
    const limited = waitLimit(max_waiting_time_in_seconds, scope);
    return {
      backoff(outcome) {
        const wait = read(outcome);
        // A header of 0 asks for no wait, which no limit forbids.
        if (wait === undefined || wait <= 0) return wait && 0;
        return limited(wait);
      },
    };
  },
});
