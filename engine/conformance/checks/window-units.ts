import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { requesterOf } from '../asked-path.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { calendarUnitOf, secondsOf, textOf, unitOf } from '../datetime-formats.ts';
import { otherUnits } from '../described-units.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { listedFormats } from '../record-formats.ts';
import { rowsOfPeriods } from '../rows-of-periods.ts';
import { sentMoments } from '../sent-moments.ts';
import { streamsIn } from '../streams-in.ts';
import type { Subject } from '../subject.ts';

export const windowUnits = defineCheck({
  id: 'window-units',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'a step, a lookback and the records of a stream are no finer than the format of its cursor, a number of the config is counted in the unit in which the spec asks for it, and a step is one day, month or year where a request tells no more of a window than that, or where each row of such a period is given a bound of its window',
  *run({ source, config, spec }) {
    const isNew = once();
    // Streams that are only parents have windows too.
    for (const stream of streamsIn(source)) {
      const at = childIn(stream, 'incremental_sync');
      if (at?.traits.compares !== 'datetimes' || !isNew(at.node)) continue;
      const name = textIn(stream, 'name') ?? '';
      yield looked(name);
      yield* tooCoarse(name, at);
      yield* tooShort(name, at);
      if (spec !== undefined) yield* otherUnits(name, at, spec);
      yield* otherUnit(name, stream, at, config);
      yield* rowsOfPeriods(stream);
    }
  },
});

/** The state and the requests have a month where records have a day. */
function* tooCoarse(stream: string, at: ComponentAt): Generator<CheckEvent> {
  const sent = written(at, 'datetime_format');
  const [read, ...more] = listedFormats(at);
  const unit = calendarUnitOf(textOf(sent));
  if (sent === undefined || read === undefined || unit === undefined || unit.name === 'day') return;
  const formats = [read, ...more].map(textOf);
  if (formats.some((each) => each.includes('{{') || calendarUnitOf(each) === unit)) return;
  yield violation(
    sent,
    `Stream "${stream}" keeps and sends no more of a moment than its ${unit.name}, ${textOf(sent)}, and reads ${formats[0]} of records: what came earlier in that ${unit.name} is read again and again.`,
    { stream, also: [read.place] },
  );
}

/** A minute is nothing to a format of days. */
function* tooShort(stream: string, at: ComponentAt): Generator<CheckEvent> {
  const sent = written(at, 'datetime_format');
  const format = textOf(sent);
  const unit = calendarUnitOf(format)?.least ?? unitOf(format);
  if (format === '' || format.includes('{{') || !Number.isFinite(unit)) return;
  for (const field of ['lookback_window', 'step']) {
    const text = textIn(at, field);
    const seconds = secondsOf(text);
    // What is less than a second, taken from a moment and cut off, is the second before.
    if (
      seconds === undefined ||
      seconds <= 0 ||
      seconds >= unit ||
      (field === 'lookback_window' && unit === 1)
    )
      continue;
    yield violation(
      written(at, field),
      `"${field}" of stream "${stream}" is ${text}, which its format, ${format}, cannot tell: in "PT1M" M is minutes, in "P1M" months.`,
      { stream, also: sent === undefined ? [] : [sent.place] },
    );
  }
}

/** A month is asked for by its name, and windows are days, or years. */
function* otherUnit(
  name: string,
  stream: ComponentAt,
  at: ComponentAt,
  config: Subject['config'],
): Generator<CheckEvent> {
  const requester = requesterOf(stream);
  const node = written(at, 'step');
  const step = secondsOf(textIn(at, 'step')) ?? 0;
  const sent = requester && step > 0 ? sentMoments(requester, at, config) : undefined;
  if (sent === undefined) return;
  const { unit, isRange } = sent;
  const said = `A "step" of ${textOf(node)}, and a request of stream "${name}" tells`;
  // Of a format without more than that is told above.
  if (step < unit.least && calendarUnitOf(textIn(at, 'datetime_format') ?? '') !== unit)
    yield violation(
      node,
      `${said} no more than the ${unit.name} in which a window starts: each ${unit.name} is asked for again and again.`,
      { stream: name },
    );
  else if (step > unit.most && !isRange)
    yield violation(
      node,
      `${said} the ${unit.name} in which a window starts and not its end: the other ${unit.name}s of a window are never asked for.`,
      { stream: name },
    );
}
