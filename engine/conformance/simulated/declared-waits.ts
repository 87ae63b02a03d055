import { put } from '../../simulator/put.ts';
import { plainPathOf } from '../../simulator/read-paths.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { matchedText } from './matched-text.ts';

/** A wait before a request is sent again that an answer asks for in words that a manifest describes, or that a manifest sets. */
export interface DeclaredWait {
  /** Who says so; undefined for what HTTP says. */
  readonly strategy: ComponentAt | undefined;
  /** Headers of the answer that asks for it. */
  readonly headers: readonly (readonly [string, string])[];
  /** What else is in that answer. */
  readonly body: JsonObject;
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
    if (before.some((each) => each.isHook || isReckoned(each))) break;
    // `validate` tells of it.
    if (before.some(({ traits, parent }) => traits.alwaysWaits && parent === strategy.parent)) continue;
    const waitsBefore = before.some(
      (each) => each.traits.alwaysWaits || written(each, 'min_wait') !== undefined,
    );
    const inAnswer = inHeader(strategy, now) ?? inResponse(strategy);
    if (inAnswer !== undefined) waits.push(inAnswer);
    const always = waitsBefore ? undefined : ownWait(strategy);
    if (always !== undefined) waits.push(always);
  }
  return waits;
}

/** RFC 9110, 10.2.3. */
const byHttp: DeclaredWait = {
  strategy: undefined,
  headers: [['retry-after', String(asked)]],
  body: {},
  seconds: asked,
  says: `A 429 asks to wait ${asked} seconds in "Retry-After"`,
};

/** It takes from an answer what is more than one value of that. */
function isReckoned(strategy: ComponentAt): boolean {
  const template = textIn(strategy, 'wait_time_in_seconds');
  return template !== undefined && plainPathOf(template) === undefined;
}

/** What a strategy waits, or waits at least, whatever an answer says. */
function ownWait(strategy: ComponentAt): DeclaredWait | undefined {
  const always = secondsIn(strategy, 'backoff_time_in_seconds');
  const least = secondsIn(strategy, 'factor') ?? secondsIn(strategy, 'min_wait');
  const seconds = always ?? least;
  if (seconds === undefined || !isAllowed(strategy, seconds)) return undefined;
  const says = `This strategy waits ${always === undefined ? 'at least ' : ''}${seconds} seconds`;
  return { strategy, headers: [], body: {}, seconds, says };
}

/** As a number, or as a text that is one; undefined where only a config says it. */
function secondsIn(strategy: ComponentAt, field: string): number | undefined {
  const node = written(strategy, field);
  const value = node?.kind === 'scalar' && node.value !== '' ? node.value : undefined;
  const seconds = value === null || value === undefined ? Number.NaN : Number(value);
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** What is longer ends the stream. */
function isAllowed(strategy: ComponentAt, seconds: number): boolean {
  if (written(strategy, 'max_waiting_time_in_seconds') === undefined) return true;
  return (secondsIn(strategy, 'max_waiting_time_in_seconds') ?? 0) > seconds;
}

function inHeader(strategy: ComponentAt, now: number): DeclaredWait | undefined {
  const header = textIn(strategy, 'header');
  if (header === undefined || !/^[\w-]+$/.test(header) || !isAllowed(strategy, asked)) return undefined;
  const value = strategy.traits.waitsUntil === true ? Math.ceil(now / 1000) + asked : asked;
  const regex = textIn(strategy, 'regex');
  const text = (regex === undefined ? undefined : matchedText(regex, String(value))) ?? String(value);
  return {
    strategy,
    headers: [[header.toLowerCase(), text]],
    body: {},
    seconds: asked,
    says: `A 429 asks to wait ${asked} seconds in "${header}" (${text})`,
  };
}

/** Of `{{ response.error.wait }}` and `{{ headers['X-Wait'] }}`: what is reckoned with may be in other units. */
function inResponse(strategy: ComponentAt): DeclaredWait | undefined {
  const template = textIn(strategy, 'wait_time_in_seconds');
  const read = template === undefined ? undefined : plainPathOf(template);
  if (template === undefined || read === undefined || !isAllowed(strategy, asked)) return undefined;
  const { name, path } = read;
  const [first, ...more] = path;
  const body: JsonObject = {};
  if (first === undefined || path.some((step) => typeof step === 'number')) return undefined;
  const isHeader = name === 'headers' && more.length === 0;
  if (name === 'response') put(body, path, asked);
  else if (!isHeader) return undefined;
  return {
    strategy,
    headers: isHeader ? [[String(first).toLowerCase(), String(asked)]] : [],
    body,
    seconds: asked,
    says: `A 429 asks to wait ${asked} seconds in ${template.trim()}`,
  };
}
