import type { JsonObject } from '../util/json/json.ts';
import { type ComponentAt, textIn, written } from '../validate/visit.ts';
import { requesterOf } from './asked-path.ts';
import type { CheckEvent } from './check.ts';
import { secondsOf, smallestOf, textOf, unitOf } from './datetime-formats.ts';
import { violation } from './events.ts';
import { oddityOf } from './format-oddities.ts';
import { recordFormats } from './record-formats.ts';
import { sentMoments } from './sent-moments.ts';
import type { StreamAt } from './subject.ts';

/** Of a step, a granularity and a lookback each makes sense with the others, and with the format of what is sent. */
export function* oddDurations(
  stream: StreamAt,
  incremental: ComponentAt,
  config: JsonObject,
): Generator<CheckEvent> {
  yield* oddSpans(stream, incremental);
  yield* oddGranularity(stream, incremental, config);
}

/** Steps and lookbacks by themselves. */
function* oddSpans({ name }: StreamAt, incremental: ComponentAt): Generator<CheckEvent> {
  const step = secondsOf(textIn(incremental, 'step'));
  for (const field of ['lookback_window', 'step'])
    if (/^\s*-/.test(textIn(incremental, field) ?? ''))
      yield violation(
        written(incremental, field),
        `"${field}" of stream "${name}" is negative, so records between two syncs are left out.`,
        { stream: name },
      );
  if (step === 0)
    yield violation(
      written(incremental, 'step'),
      `A "step" of ${textIn(incremental, 'step')} has no length: the windows of stream "${name}" never reach their end.`,
      { stream: name },
    );
  // Parts of a day are hours; a hundred minutes are a slip for days, or for months.
  if (step !== undefined && step > 0 && (step < shortestStep || (step < day && day % step !== 0)))
    yield violation(
      written(incremental, 'step'),
      `A "step" of ${textIn(incremental, 'step')} makes ${Math.round(day / step)} requests for each day of stream "${name}" since its start.`,
      { stream: name },
    );
}

/** What lies between windows, beside how long they are and how moments are written. */
function* oddGranularity(
  { name, at: stream }: StreamAt,
  incremental: ComponentAt,
  config: JsonObject,
): Generator<CheckEvent> {
  const seconds = (field: string) => secondsOf(textIn(incremental, field));
  const [step, granularity] = [seconds('step'), seconds('cursor_granularity')];
  const at = written(incremental, 'cursor_granularity');
  const hasSteps = written(incremental, 'step') !== undefined;
  if (!hasSteps || granularity === undefined) return;
  if (step !== undefined && granularity > step && step > 0)
    yield violation(
      at,
      `"cursor_granularity" of stream "${name}" is longer than "step": windows end before they begin.`,
      { stream: name, also: [written(incremental, 'step')?.place ?? incremental.node.place] },
    );
  const format = textOf(written(incremental, 'datetime_format'));
  const unit = unitOf(format);
  // What is sent may have parts of a second that records do not have.
  const isExact =
    unit === granularity &&
    [format, ...recordFormats(incremental).map(textOf)].some((each) => smallestOf(each) === unit);
  if (format === '' || format.includes('{{') || isExact || oddityOf(format) !== undefined) return;
  const also = [written(incremental, 'datetime_format')?.place ?? incremental.node.place];
  if (granularity >= unit) {
    // Of windows that are asked for by whole days, no hour is left out.
    const requester = requesterOf(stream);
    const sent = requester && sentMoments(requester, incremental, config);
    if (sent !== undefined && !sent.hasTimeOfEnd && granularity <= sent.unit.least) return;
    yield violation(
      at,
      `A window of stream "${name}" begins "cursor_granularity" after the end of the one before, and its format, ${format}, is more precise: what lies between them is never asked for.`,
      { stream: name, also },
    );
  }
  // Less than a second, cut off from the start of a window, is the second before.
  else if (unit === day)
    yield violation(
      at,
      `"cursor_granularity" of stream "${name}" is less than a day, and its format, ${format}, has no time: where a sync starts within a day, each window begins with the day that the one before has ended with.`,
      { stream: name, also },
    );
}

const day = 86_400;
const shortestStep = 3600;
