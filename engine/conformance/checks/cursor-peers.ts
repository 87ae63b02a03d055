import { grouped } from '../../util/flow/grouped.ts';
import { textIn } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { type DateCursor, dateCursors } from '../date-cursors.ts';
import { looked, violation } from '../events.ts';
import { happeningOf } from '../moment-words.ts';

export const cursorPeers = defineCheck({
  id: 'cursor-peers',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  comparesStreams: true,
  doc: 'of streams that are asked for windows alike and whose records have one moment, no single one has another cursor',
  async *run(subject) {
    const cursors: DateCursor[] = [];
    for await (const cursor of dateCursors(subject)) cursors.push(cursor);
    const groups = grouped(cursors, ({ at }) => textIn(at, 'start_time_option', 'field_name') ?? '');
    for (const group of groups.values())
      for (const cursor of group) {
        yield looked(cursor.stream);
        const other = peerOf(cursor, group);
        if (other === undefined) continue;
        yield violation(
          cursor.node,
          `The cursor of stream "${cursor.stream}" is "${cursor.field}", and that of all other streams that have "${other.field}" is this one: is it meant here, too?`,
          { stream: cursor.stream, also: [other.node.place] },
        );
      }
  },
});

/** As many streams have to have it, where some of them also have what the odd one has. */
const fewestOthers = 2;
/** As many where what the odd one has is its own. */
const fewestWithOwn = 4;

/** One of several that all have another cursor, which records of this stream have, too. */
function peerOf(cursor: DateCursor, group: readonly DateCursor[]): DateCursor | undefined {
  const others = group.filter(({ stream }) => stream !== cursor.stream);
  return others.find(({ field }) => {
    if (field === cursor.field || !cursor.properties.has(field)) return false;
    // What tells of changes finds more than what tells of new records.
    if (happeningOf(cursor.field) === 'updated' && happeningOf(field) !== 'updated') return false;
    // One that has it and another cursor is a reason to do so.
    const having = others.filter(({ properties }) => properties.has(field));
    const streams = new Set(having.map(({ stream }) => stream));
    const isCommon = having.some(({ properties }) => properties.has(cursor.field));
    return (
      streams.size >= (isCommon ? fewestOthers : fewestWithOwn) &&
      having.every((each) => each.field === field)
    );
  });
}
