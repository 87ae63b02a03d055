import { isTimestampFormat } from '../../time/datetime-format.ts';
import { type ComponentAt, textIn, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { hasTime, textOf } from '../datetime-formats.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { listedFormats } from '../record-formats.ts';
import { partsOf } from '../simulated/places.ts';
import type { StreamAt } from '../subject.ts';
import { wordsOf } from '../words.ts';

export const cursorNames = defineCheck({
  id: 'cursor-names',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'what is sent is written as records have it, unless the name of its parameter says otherwise',
  async *run(subject) {
    const isNew = once();
    for (const stream of await subject.streams()) {
      const { incremental } = partsOf(stream);
      if (incremental?.traits.compares !== 'datetimes' || !isNew(incremental.node)) continue;
      yield looked(stream.name);
      yield* ofRequests(stream, incremental);
    }
  },
});

/**
 * What is sent is written as records are, unless the name of its parameter says otherwise: many APIs take seconds
 * `after`, and days as a `start_date`, whatever their answers have.
 */
function* ofRequests({ name }: StreamAt, incremental: ComponentAt): Generator<CheckEvent> {
  const node = written(incremental, 'datetime_format');
  const listed = listedFormats(incremental);
  const formats = listed.map(textOf);
  const sent = textOf(node);
  if (node === undefined || formats.length === 0 || sent.includes('{{')) return;
  const names = ['start_time_option', 'end_time_option'].flatMap(
    (field) => textIn(incremental, field, 'field_name') ?? [],
  );
  const words = names.flatMap(wordsOf);
  const saysDay = words.some((word) => /^(?:dates?|days?)$/.test(word));
  const saysMoment =
    !saysDay && words.some((word) => /^(?:at|time|timestamp|datetime|gte?|lte?)$/.test(word));
  // Whoever writes the start as a number in words of their own means it.
  const start = written(incremental, 'start_datetime', 'datetime') ?? written(incremental, 'start_datetime');
  const isMeant = textOf(start).includes(`'${sent}'`);
  // Seconds since 1970 are what many APIs call a time, whatever their answers have.
  const saysSeconds = sent === '%s' && !saysDay && words.some((word) => /^time(?:stamp)?$/.test(word));
  const isCount =
    isTimestampFormat(sent) &&
    !saysSeconds &&
    !isMeant &&
    !formats.some(isTimestampFormat) &&
    (saysDay || saysMoment);
  const isDay = !hasTime(sent) && formats.every(hasTime) && !formats.some(isTimestampFormat) && saysMoment;
  const isTurned =
    /%[dm]\W?%[dmb]\W?%[Yy]/.test(sent) && formats.every((each) => /%Y-%m-%d|%F/.test(each)) && !saysDay;
  if (!isCount && !isDay && !isTurned) return;
  // What a template puts into a path or a body has no name of its own.
  const under = names.length === 0 ? '' : ` under "${names.join('" and "')}",`;
  yield violation(
    node,
    `Stream "${name}" writes ${isCount ? 'a number' : isTurned ? 'moments the other way round' : 'a day'}, ${sent},${under} and its records have ${formats.join(' or ')}: are both what the API says?`,
    { stream: name, also: listed.slice(0, 1).map(({ place }) => place) },
  );
}
