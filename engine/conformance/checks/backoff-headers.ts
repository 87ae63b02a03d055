import { grouped } from '../../util/flow/grouped.ts';
import { ancestorOf, type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { wordsOf } from '../words.ts';

export const backoffHeaders = defineCheck({
  id: 'backoff-headers',
  group: 'errors',
  level: 'static',
  severity: 'warning',
  doc: 'a header that customarily holds a number of seconds is waited for that long, one that holds a moment is waited for until then, and none that says nothing of waits is waited for',
  *run({ source }) {
    const isNew = once();
    const all = visit(source).filter(
      (at) =>
        at.family === 'BackoffStrategy' && !at.isHook && textIn(at, 'header') !== undefined && isNew(at.node),
    );
    // What several streams write alike is one mistake.
    for (const [said, [first, ...more]] of grouped(all, whatIsWrong)) {
      yield looked();
      if (said === '' || first === undefined) continue;
      yield violation(
        written(first, 'header'),
        `${said}${more.length === 0 ? '' : ` It stands at ${more.length} other places, too.`}`,
        {
          stream: textIn(ancestorOf(first, 'Stream'), 'name'),
          also: more.slice(0, 1).flatMap((at) => written(at, 'header')?.place ?? []),
        },
      );
    }
  },
});

/** Empty where nothing is. */
function whatIsWrong(at: ComponentAt): string {
  const name = textIn(at, 'header') ?? '';
  const type = at.component?.type ?? '';
  const isMoment = at.traits.waitsUntil === true;
  const holds = whatIsIn(name);
  if (holds === 'seconds' && isMoment)
    return `"${name}" holds the seconds to wait (RFC 9110, section 10.2.3), and a ${type} takes them for a moment, which is long over: WaitTimeFromHeader waits for as long.`;
  if (holds === 'moment' && !isMoment)
    return `"${name}" customarily holds the moment from which the API answers again, in seconds since 1970, and a ${type} waits for as many seconds: WaitUntilTimeFromHeader waits until then.`;
  if (holds === 'answer')
    return `"${name}" is about the answer itself, and says nothing of when to ask again: is "Retry-After" the header?`;
  // Of underscores servers make nothing, and most leave out what has some.
  if (/^(?:x[-_]?)?retry[-_]?after$/i.test(name) && !/^(?:x-)?retry-after$/i.test(name))
    return `No API answers with a header "${name}", so nothing is waited for: it is "Retry-After" (RFC 9110, section 10.2.3).`;
  return holds === 'count'
    ? `"${name}" by its name holds how many requests there are, and a ${type} waits for as many seconds: is "Retry-After" the header?`
    : '';
}

/** By the customary names. Those of the IETF's draft (`RateLimit-Reset`) hold seconds, and some APIs' moments: neither is told. */
function whatIsIn(header: string): 'seconds' | 'moment' | 'count' | 'answer' | undefined {
  const words = wordsOf(header);
  const has = (...some: readonly string[]) => some.some((word) => words.includes(word));
  if (has('limit', 'ratelimit', 'rate', 'quota') && has('remaining', 'used', 'count')) return 'count';
  if (/^(?:date|age|expires|last-modified|etag)$/i.test(header)) return 'answer';
  if (/^x-?rate-?limit-?limit$/i.test(header)) return 'count';
  if (/^(?:x-)?retry-after$/i.test(header)) return 'seconds';
  if (has('seconds', 'secs') || (has('after') && !has('reset'))) return 'seconds';
  return /^x-(?:rate-?limit|app-rate-limit)-reset(?:-at|-time)?$/i.test(header) || has('timestamp', 'epoch')
    ? 'moment'
    : undefined;
}
