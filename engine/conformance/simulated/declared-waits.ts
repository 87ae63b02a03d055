import { type ComponentAt, textIn, visit } from '../../validate/visit.ts';

/** A wait before a request is sent again that an answer asks for in words that a manifest describes, or that a manifest sets. */
export interface DeclaredWait {
  /** Who says so; undefined for what HTTP says. */
  readonly strategy: ComponentAt | undefined;
  /** Headers of the answer that asks for it. */
  readonly headers: readonly (readonly [string, string])[];
  readonly seconds: number;
  /** The beginning of a sentence. */
  readonly says: string;
}

/** What an answer asks for. Two digits, since an expression may take too few of them. */
const asked = 35;

/** The waits of an error handler that are known without an API. `now` in milliseconds. */
export function declaredWaits(handler: ComponentAt | undefined, now: number): readonly DeclaredWait[] {
  const strategies = (handler === undefined ? [] : visit(handler)).filter(
    ({ family }) => family === 'BackoffStrategy',
  );
  if (strategies.length === 0) return [byHttp];
  const waits: DeclaredWait[] = [];
  for (const [index, strategy] of strategies.entries()) {
    const before = strategies.slice(0, index);
    // What these take from an answer nobody knows.
    if (before.some((each) => each.isHook || textIn(each, 'wait_time_in_seconds') !== undefined)) break;
    // `validate` tells of it.
    if (before.some(({ traits, parent }) => traits.alwaysWaits && parent === strategy.parent)) continue;
    const waitsBefore = before.some(
      (each) => each.traits.alwaysWaits || textIn(each, 'min_wait') !== undefined,
    );
    const wait = inHeader(strategy, now) ?? (waitsBefore ? undefined : constant(strategy));
    if (wait !== undefined) waits.push(wait);
  }
  return waits;
}

/** RFC 9110, 10.2.3. */
const byHttp: DeclaredWait = {
  strategy: undefined,
  headers: [['retry-after', String(asked)]],
  seconds: asked,
  says: `A 429 asks to wait ${asked} seconds in "Retry-After"`,
};

function constant(strategy: ComponentAt): DeclaredWait | undefined {
  const seconds = Number(textIn(strategy, 'backoff_time_in_seconds') || Number.NaN);
  if (!Number.isFinite(seconds)) return undefined;
  return { strategy, headers: [], seconds, says: `This strategy waits ${seconds} seconds` };
}

function inHeader(strategy: ComponentAt, now: number): DeclaredWait | undefined {
  const header = textIn(strategy, 'header');
  if (header === undefined || !/^[\w-]+$/.test(header)) return undefined;
  const limit = textIn(strategy, 'max_waiting_time_in_seconds');
  if (limit !== undefined && !(Number(limit) > asked)) return undefined;
  const value = strategy.traits.waitsUntil === true ? Math.ceil(now / 1000) + asked : asked;
  return {
    strategy,
    headers: [[header.toLowerCase(), String(value)]],
    seconds: asked,
    says: `A 429 asks to wait ${asked} seconds in "${header}" (${value})`,
  };
}
