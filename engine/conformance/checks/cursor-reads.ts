import type { ManifestNode } from '../../manifest/node.ts';
import { childIn, textIn, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { textOf } from '../datetime-formats.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { streamsIn } from '../streams-in.ts';

/** As many cursors have to read what they write before another one that does not is odd. */
const fewestOthers = 2;

export const cursorReads = defineCheck({
  id: 'cursor-reads',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'where all other cursors list the format in which they write moments among those by which they read them, no single one reads them without the parts of a second that it writes, nor the other way round',
  *run({ source }) {
    const isNew = once();
    const cursors: Cursor[] = [];
    for (const stream of streamsIn(source)) {
      const incremental = childIn(stream, 'incremental_sync');
      const [sent, listed] = ['datetime_format', 'cursor_datetime_formats'].map((field) =>
        written(incremental, field),
      );
      const read = listed?.kind === 'sequence' ? listed.items : [];
      if (sent === undefined || read.length === 0 || !isNew(sent)) continue;
      cursors.push({ stream: textIn(stream, 'name'), written: sent, read });
    }
    if (cursors.length > fewestOthers) yield looked();
    const [odd, ...more] = cursors.filter((cursor) => !readsItself(cursor));
    const others = cursors.filter(readsItself);
    if (odd === undefined || more.length > 0 || others.length < fewestOthers) return;
    const format = textOf(odd.written);
    const alike = odd.read.find((node) => withoutParts(textOf(node)) === withoutParts(format));
    if (alike === undefined) return;
    const isUsual = (node: ManifestNode) =>
      others.every(({ read }) => read.some((each) => textOf(each) === textOf(node)));
    // Only what all others have tells which of the two is the wrong one.
    const [wrong, right] = isUsual(odd.written)
      ? [alike, odd.written]
      : isUsual(alike)
        ? [odd.written, alike]
        : [];
    if (wrong === undefined || right === undefined || isUsual(wrong)) return;
    yield violation(
      wrong,
      `The cursor of stream "${odd.stream}" has ${textOf(wrong)} here and ${textOf(right)} beside it, so it does not read what it writes; all ${others.length} other cursors do, with ${textOf(right)}.`,
      { stream: odd.stream, also: [right.place] },
    );
  },
});

interface Cursor {
  readonly stream: string | undefined;
  readonly written: ManifestNode;
  readonly read: readonly ManifestNode[];
}

function readsItself({ written, read }: Cursor): boolean {
  return read.some((node) => textOf(node) === textOf(written));
}

function withoutParts(format: string): string {
  return format.replace(/\.%f/, '');
}
