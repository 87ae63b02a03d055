import * as z from 'zod';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { matchedPolicy } from './matched-policy.ts';

/** Keeps requests away from the policies after it. */
export const UnlimitedCallRatePolicy = component({
  family: 'CallRatePolicy',
  type: 'UnlimitedCallRatePolicy',
  doc: 'Allows any number of calls.',
  fields: () => ({
    matchers: z
      .array(slot('RequestMatcher', 'HttpRequestRegexMatcher'))
      .describe('Which requests it is about; all when empty.'),
  }),
  traits: ({ matchers }) => ({ takesAll: matchers.length === 0 }),
  make: ({ matchers }, scope) =>
    matchedPolicy(
      matchers.map((matcher) => matcher(scope)),
      { async acquire() {}, update() {} },
      Number.POSITIVE_INFINITY,
      scope,
    ),
});
