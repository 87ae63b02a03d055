import { parametersOf } from '../language/compile.ts';
import { isSliceName } from '../language/template-names.ts';
import { walk } from '../manifest/walk.ts';
import { readPaths } from '../simulator/read-paths.ts';
import { createTemplates } from '../template/template.ts';
import { virtualClock } from '../time/virtual-clock.ts';
import { tryTo } from '../util/flow/try-to.ts';
import { type ComponentAt, childIn, textIn, written } from '../validate/visit.ts';
import { addedFields } from './added-fields.ts';
import { requesterOf } from './asked-path.ts';
import type { CheckEvent } from './check.ts';
import { secondsOf } from './datetime-formats.ts';
import { violation } from './events.ts';
import { wordsOf } from './words.ts';

/**
 * A report with a row for each day, whose rows are given the start of their window for their day: a longer window has
 * several days, and all of them come out as one.
 */
export function* rowsOfPeriods(stream: ComponentAt): Generator<CheckEvent> {
  const incremental = childIn(stream, 'incremental_sync');
  const field = textIn(incremental, 'cursor_field');
  const added = [...addedFields(stream)].find(({ path }) => path.join('.') === field);
  if (incremental === undefined || added === undefined || !isWindowBound(String(added.node.value))) return;
  const period = periodIn(stream);
  const step = secondsOf(textIn(incremental, 'step'));
  // Without a step a window is all the time there is; one that a config gives is not known.
  const isLonger =
    written(incremental, 'step') === undefined || (step !== undefined && step > (period?.most ?? step));
  if (period === undefined || !isLonger) return;
  const name = textIn(stream, 'name');
  yield violation(
    written(incremental, 'step') ?? incremental.node,
    `Stream "${name}" has a row for each ${period.name}, by ${period.said}, and each row is given a bound of its window as "${field}": of a window of ${step === undefined ? 'all the time there is' : textIn(incremental, 'step')} the ${period.name}s cannot be told apart.`,
    { stream: name, also: [added.node.place] },
  );
}

/** `{{ stream_interval.end_time }}` and nothing else. */
export function isWindowBound(text: string): boolean {
  const [read, ...more] = readPaths(text);
  const isOfWindow = isSliceName(read?.name ?? '');
  const isWhole = /^\s*['"]?\{\{[^|+~]*\}\}['"]?\s*$/.test(text) && more.length === 0;
  return isWhole && isOfWindow && /^(?:start|end)_time$/.test(String(read?.path.join('.')));
}

const day = 86_400;
const periods = [
  { name: 'hour', words: /^(?:hourly|hour|1h)$/i, most: 3600 },
  { name: 'day', words: /^(?:daily|day|1d)$/i, most: day },
  { name: 'week', words: /^(?:weekly|week|1w)$/i, most: 7 * day },
  { name: 'month', words: /^(?:monthly|month)$/i, most: 31 * day },
] as const;

/** What APIs call how much time a row of a report is about. */
const granularity =
  /^(?:(?:time_?)?granularity|interval|period|time_?unit|time_?frame|time_?increment|aggregation|aggregation_?period|resolution|frequency|bucket)$/i;

const templates = createTemplates({ clock: virtualClock(0) });

/** The period that a stream is named after, "ads_report_daily", or that its requests ask for. */
export function periodIn(stream: ComponentAt): { name: string; most: number; said: string } | undefined {
  const words = wordsOf(textIn(stream, 'name') ?? '').filter((word) => word.endsWith('ly'));
  const ofName = periods.find((each) => words.some((word) => each.words.test(word)));
  if (ofName !== undefined) return { ...ofName, said: 'its name' };
  const requester = requesterOf(stream);
  const parameters = requester === undefined ? {} : parametersOf(requester.node);
  for (const { node, name } of walk(requester?.node)) {
    if (name === undefined || !granularity.test(name) || node.kind !== 'scalar') continue;
    const value = tryTo(() => String(templates.string(String(node.value))({ config: {}, parameters })));
    // `(value:DAILY)` says no more than DAILY does.
    const asked = periods.find((each) => each.words.test(wordsOf(value ?? '').at(-1) ?? ''));
    if (asked !== undefined) return { ...asked, said: `its "${name}"` };
  }
  return undefined;
}
