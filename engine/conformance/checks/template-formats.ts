import type { ManifestNode } from '../../manifest/node.ts';
import { createTemplates } from '../../template/template.ts';
import { isTimestampFormat, parseDatetime } from '../../time/datetime-format.ts';
import { virtualClock } from '../../time/virtual-clock.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { ancestorOf, type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { countedUnits } from '../datetime-formats.ts';
import { eachTemplate } from '../each-template.ts';
import { looked, violation } from '../events.ts';
import { oddityOf } from '../format-oddities.ts';
import { formatsIn, putOut, type WrittenFormat } from '../written-formats.ts';

export const templateFormats = defineCheck({
  id: 'template-formats',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'a template writes a moment with its parts in an order that APIs read, and the start or the end of a cursor in the format by which it is read',
  *run({ source }) {
    for (const { node, text, stream } of eachTemplate(source, mayFormat)) {
      yield looked();
      const formats = formatsIn(text);
      for (const { format, offset } of formats) {
        const odd = oddityOf(format);
        if (odd === undefined || isAddedTo(format, formats)) continue;
        yield violation(node, `The format ${format} in this template has ${odd}.`, {
          stream,
          offset: Math.max(text.indexOf(format, offset), 0),
        });
      }
    }
    for (const at of visit(source))
      for (const field of boundsOf(at)) yield* unreadable(at, field, written(at, field));
  },
});

/** A fraction that is written alone, beside another format, is added to what that one gives. */
function isAddedTo(format: string, all: readonly WrittenFormat[]): boolean {
  return format === '%f' && all.some((each) => each.format !== format);
}

const mayFormat = /strftime|format_datetime|day_delta/;

function boundsOf({ family }: ComponentAt): readonly string[] {
  if (family === 'IncrementalSync') return ['start_datetime', 'end_datetime'];
  return family === 'DatetimeBound' ? ['datetime', 'min_datetime', 'max_datetime'] : [];
}

/** A moment whose day is no month, and none of whose parts is the same as another. */
const sample = Date.UTC(2026, 10, 27, 13, 14, 15, 678);
const templates = createTemplates({ clock: virtualClock(sample) });

/** What the template puts out is read by another format. That of a template without a config is an error of its own. */
function* unreadable(at: ComponentAt, field: string, node: ManifestNode | undefined): Generator<CheckEvent> {
  const text = node?.kind === 'scalar' ? String(node.value) : '';
  const read = textIn(at, 'datetime_format') || textIn(at.parent, 'datetime_format');
  if (node === undefined || read === undefined || read.includes('{{') || !mayFormat.test(text)) return;
  if (!/\bconfig\b/.test(text)) return;
  for (const { format, offset, ofText } of putOut(text)) {
    const moment = ofText ? `now_utc().strftime('%Y-%m-%dT%H:%M:%S.%fZ')` : 'now_utc()';
    const call = ofText ? `format_datetime(${moment}, '${format}')` : `${moment}.strftime('${format}')`;
    const result = tryTo(() => templates.string(`{{ ${call} }}`)({}));
    if (isTimestampFormat(format) && isTimestampFormat(read) && countedUnits[format] !== countedUnits[read]) {
      yield violation(
        node,
        `This template writes a moment as ${format}, which counts ${countedUnits[format]}, and "${field}" is read by ${read}, which counts ${countedUnits[read]}.`,
        {
          stream: textIn(ancestorOf(at, 'Stream'), 'name'),
          offset: Math.max(text.indexOf(format, offset), 0),
        },
      );
      continue;
    }
    if (typeof result !== 'string' || tryTo(() => parseDatetime(result, read)) !== undefined) continue;
    yield violation(
      node,
      `This template writes a moment as ${format}, such as "${result}", and "${field}" is read by ${read}, which does not read it.`,
      {
        stream: textIn(ancestorOf(at, 'Stream'), 'name'),
        offset: Math.max(text.indexOf(format, offset), 0),
      },
    );
  }
}
