import type { ManifestNode } from '../../manifest/node.ts';
import type { Expression } from '../../template/syntax/ast.ts';
import { eachNode } from '../../template/syntax/each-node.ts';
import { getCallOf } from '../../template/syntax/get-call.ts';
import { templateBody } from '../../template/syntax/template-body.ts';
import { createTemplates } from '../../template/template.ts';
import { parseDatetime } from '../../time/datetime-format.ts';
import { virtualClock } from '../../time/virtual-clock.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { ancestorOf, type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { eachTemplate } from '../each-template.ts';
import { looked, violation } from '../events.ts';
import { oddityOf } from '../format-oddities.ts';

export const templateFormats = defineCheck({
  id: 'template-formats',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'a format by which a template writes a moment has its parts in an order that APIs read, and that of a bound is the one by which it is read',
  *run({ source }) {
    for (const { node, text, stream } of eachTemplate(source, mayFormat)) {
      yield looked();
      for (const { format, offset } of formatsIn(text)) {
        const odd = oddityOf(format);
        if (odd === undefined) continue;
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

const mayFormat = /strftime|format_datetime/;

interface Format {
  readonly format: string;
  /** It is that of a text, which may be written as a count since the epoch, and not that of a moment. */
  readonly ofText: boolean;
  readonly offset: number;
}

/** `x.strftime('%Y')` and `format_datetime(x, '%Y')`. */
function formatOf(node: Expression): Format | undefined {
  if (node.type !== 'call') return undefined;
  const { target, args } = node;
  const name = target.type === 'attribute' || target.type === 'name' ? target.name : '';
  if (name !== 'strftime' && name !== 'format_datetime') return undefined;
  const given = name === 'strftime' ? args[0] : args[1];
  return given?.type === 'constant' && typeof given.value === 'string'
    ? { format: given.value, offset: given.offset, ofText: name === 'format_datetime' && isText(args[0]) }
    : undefined;
}

/** Such as `config.start_date`: macros give moments. */
function isText(node: Expression | undefined): boolean {
  return node?.type === 'attribute' || node?.type === 'item' || getCallOf(node) !== undefined;
}

function formatsIn(text: string): readonly Format[] {
  const found: Format[] = [];
  eachNode(templateBody(text), (node) => {
    const format = node.type === 'call' ? formatOf(node) : undefined;
    if (format !== undefined) found.push(format);
    return undefined;
  });
  return found;
}

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

/** The formats of what is put out as it is, whatever it depends on. */
function putOut(text: string): readonly Format[] {
  const [part, ...more] = templateBody(text.trim()) ?? [];
  return part?.type === 'output' && more.length === 0
    ? ways(part.value).flatMap((way) => formatOf(way) ?? [])
    : [];
}

function ways(node: Expression): readonly Expression[] {
  if (node.type === 'or') return [...ways(node.left), ...ways(node.right)];
  if (node.type === 'condition')
    return [...ways(node.value), ...(node.otherwise === undefined ? [] : ways(node.otherwise))];
  if (node.type === 'filter' && (node.name === 'default' || node.name === 'd'))
    return [...(node.target === undefined ? [] : ways(node.target)), ...node.args.slice(0, 1).flatMap(ways)];
  // `config.get('end', now_utc().strftime('%Y'))` is one of two, too.
  const get = getCallOf(node);
  if (get !== undefined) return get.fallback === undefined ? [] : ways(get.fallback);
  return [node];
}
