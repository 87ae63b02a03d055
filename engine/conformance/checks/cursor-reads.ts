import type { ManifestNode } from '../../manifest/node.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { addedFields } from '../added-fields.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { textOf } from '../datetime-formats.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { listedFormats } from '../record-formats.ts';
import { isWindowBound } from '../rows-of-periods.ts';
import { streamsIn } from '../streams-in.ts';

/** As many cursors have to read what they write before another one that does not is odd. */
const fewestOthers = 2;

export const cursorReads = defineCheck({
  id: 'cursor-reads',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'where all other cursors list the format in which they write moments among those by which they read them, no single one reads them without the parts of a second that it writes, nor the other way round; and a cursor that is added from a window is read as windows are written',
  *run({ source }) {
    const isNew = once();
    const cursors: Cursor[] = [];
    for (const stream of streamsIn(source)) {
      const incremental = childIn(stream, 'incremental_sync');
      yield* addedFromWindow(stream, incremental);
      const sent = written(incremental, 'datetime_format');
      const read = listedFormats(incremental);
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

/** The start or the end of a window comes out as the cursor writes it. */
function* addedFromWindow(stream: ComponentAt, incremental: ComponentAt | undefined): Generator<CheckEvent> {
  const sent = written(incremental, 'datetime_format');
  const [first, ...more] = listedFormats(incremental);
  const field = textIn(incremental, 'cursor_field');
  if (sent === undefined || first === undefined || textOf(sent).includes('{{')) return;
  if ([first, ...more].some((node) => textOf(node) === textOf(sent) || textOf(node).includes('{{'))) return;
  for (const { path, node } of addedFields(stream)) {
    if (path.join('.') !== field || !isWindowBound(String(node.value))) continue;
    const name = textIn(stream, 'name');
    yield looked(name);
    yield violation(
      first,
      `"${field}" of stream "${name}" is added from a window, which is written as ${textOf(sent)}, and it is read by ${textOf(first)}.`,
      { stream: name, also: [sent.place] },
    );
  }
}
