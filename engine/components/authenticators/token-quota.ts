import * as z from 'zod';
import type { TokenQuota as Quota } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';

export const TokenQuota = component({
  family: 'TokenQuota',
  type: 'TokenQuota',
  doc: 'A pool of calls that every token has, and the requests that draw on it.',
  fields: () => ({
    name: z.string().describe('Name of the pool, for logs and errors.'),
    remaining_path: z.array(z.string()).describe('Path of the calls left in the quota status.'),
    reset_path: z.array(z.string()).describe('Path of the time of the next reset in the quota status.'),
    limit_path: z
      .array(z.string())
      .optional()
      .describe(
        'Path of the size of the pool in the quota status; the first count of calls left stands in for it.',
      ),
    matchers: z
      .array(slot('RequestMatcher', 'HttpRequestRegexMatcher'))
      .optional()
      .describe('The requests that draw on this pool; without matchers it takes those of no other pool.'),
    remaining_header: z.string().optional().describe('Response header with the calls left.'),
    reset_header: z.string().optional().describe('Response header with the time of the next reset.'),
    limit_header: z.string().optional().describe('Response header with the size of the pool.'),
    exhaustion_status_codes: z
      .array(z.int())
      .optional()
      .describe('Statuses that mean the pool of the token that was sent is spent.'),
  }),
  make(fields, scope) {
    const matchers = (fields.matchers ?? []).map((matcher) => matcher(scope));
    return Object.freeze<Quota>({
      name: fields.name,
      isDefault: matchers.length === 0,
      matches: (request) => matchers.some((matcher) => matcher.matches(request)),
      remainingPath: fields.remaining_path,
      resetPath: fields.reset_path,
      limitPath: fields.limit_path,
      remainingHeader: fields.remaining_header,
      resetHeader: fields.reset_header,
      limitHeader: fields.limit_header,
      exhaustionStatusCodes: fields.exhaustion_status_codes ?? [],
    });
  },
});
