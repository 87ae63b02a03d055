import { parseDuration } from '../../time/duration.ts';
import { PyTimedelta } from '../../time/timedelta.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { childIn, textIn, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { smallestOf, unitOf } from '../datetime-formats.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { streamsIn } from '../streams-in.ts';

export const granularities = defineCheck({
  id: 'granularities',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'of streams that write moments in one way, with parts of a second, none begins its windows later after the end of the one before than the others do',
  *run({ source }) {
    const isNew = once();
    const cursors = [...streamsIn(source)].flatMap((stream) => {
      const at = childIn(stream, 'incremental_sync');
      const format = textIn(at, 'datetime_format') ?? '';
      const node = written(at, 'cursor_granularity');
      const seconds = secondsOf(textIn(at, 'cursor_granularity') ?? '');
      // What is coarser than a second is the matter of `cursor-format`, stream by stream.
      if (node === undefined || seconds === undefined || smallestOf(format) >= unitOf(format)) return [];
      return isNew(node) ? [{ stream: textIn(stream, 'name') ?? '', format, node, seconds }] : [];
    });
    for (const [format, uses] of grouped(cursors, (cursor) => cursor.format)) {
      yield looked();
      const least = Math.min(...uses.map(({ seconds }) => seconds));
      const fine = uses.filter(({ seconds }) => seconds === least);
      const coarse = uses.filter(({ seconds }) => seconds > least);
      const [other] = fine;
      if (other === undefined || coarse.length > fine.length) continue;
      for (const { stream, node, seconds } of coarse)
        yield violation(
          node,
          `A window of stream "${stream}" begins ${seconds} s after the end of the one before, and those of stream "${other.stream}" ${least} s, by the same format, ${format}: what lies between them is never asked for.`,
          { stream, also: [other.node.place] },
        );
    }
  },
});

function secondsOf(text: string): number | undefined {
  const read = text === '' ? undefined : tryTo(() => parseDuration(text));
  return read instanceof PyTimedelta ? read.totalSeconds() : undefined;
}
