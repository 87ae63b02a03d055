import type { Expression } from '../template/syntax/ast.ts';
import { constantText } from '../template/syntax/constant-text.ts';
import { type Node, nodesIn } from '../template/syntax/each-node.ts';
import { getCallOf } from '../template/syntax/get-call.ts';
import { soleOutput } from '../template/syntax/sole-output.ts';
import { templateBody } from '../template/syntax/template-body.ts';
import { createTemplates } from '../template/template.ts';
import { parseDatetime } from '../time/datetime-format.ts';
import { virtualClock } from '../time/virtual-clock.ts';
import { tryTo } from '../util/flow/try-to.ts';
import { type ComponentAt, textIn, written } from '../validate/visit.ts';
import { textOf } from './datetime-formats.ts';

/** The format of a moment that a template writes. */
export interface WrittenFormat {
  readonly format: string;
  /** It is that of a text, which may be written as a count since the epoch, and not that of a moment. */
  readonly ofText: boolean;
  readonly offset: number;
}

/** `x.strftime('%Y')`, `format_datetime(x, '%Y')` and `day_delta(-7, '%Y')`. */
function formatOf(node: Node): WrittenFormat | undefined {
  if (node.type !== 'call') return undefined;
  const { target, args } = node;
  const name = target.type === 'attribute' || target.type === 'name' ? target.name : '';
  if (name !== 'strftime' && name !== 'format_datetime' && name !== 'day_delta') return undefined;
  const given = name === 'strftime' ? args[0] : args[1];
  const format = constantText(given);
  return given === undefined || format === undefined
    ? undefined
    : { format, offset: given.offset, ofText: name === 'format_datetime' && isText(args[0]) };
}

/** Such as `config.start_date`: macros give moments. */
function isText(node: Expression | undefined): boolean {
  return node?.type === 'attribute' || node?.type === 'item' || getCallOf(node) !== undefined;
}

/** All of them in a text. */
export function formatsIn(text: string): readonly WrittenFormat[] {
  return nodesIn(templateBody(text)).flatMap((node) => formatOf(node) ?? []);
}

/** The formats of what is put out as it is, whatever it depends on. */
export function putOut(text: string): readonly WrittenFormat[] {
  const output = soleOutput(text);
  return output === undefined ? [] : waysOf(output).flatMap((way) => formatOf(way) ?? []);
}

/** What an expression may come to, by the choices that it makes: `a` and `b` of `a or b`, of `a if x else b`, of `a | default(b)`. */
function waysOf(node: Expression): readonly Expression[] {
  if (node.type === 'or') return [...waysOf(node.left), ...waysOf(node.right)];
  if (node.type === 'condition')
    return [...waysOf(node.value), ...(node.otherwise === undefined ? [] : waysOf(node.otherwise))];
  if (node.type === 'filter' && (node.name === 'default' || node.name === 'd'))
    return [
      ...(node.target === undefined ? [] : waysOf(node.target)),
      ...node.args.slice(0, 1).flatMap(waysOf),
    ];
  // `config.get('end', now_utc().strftime('%Y'))` is one of two, too.
  const get = getCallOf(node);
  if (get !== undefined) return get.fallback === undefined ? [] : waysOf(get.fallback);
  return [node];
}

const templates = createTemplates({ clock: virtualClock(Date.UTC(2024, 8, 9, 10, 11, 12, 345)) });

/** The formats of the bounds of a cursor that read what stands beside them: those say nothing of the API. */
export function ownFormats(cursor: ComponentAt): ReadonlySet<unknown> {
  const own = ['start_datetime', 'end_datetime'].flatMap((field) => {
    const node = written(cursor, field, 'datetime_format');
    const [text, format] = [textIn(cursor, field, 'datetime') ?? '', textOf(node)];
    // What reads nothing but the clock, such as `today_utc()`, comes out the same for every config.
    const isOwn =
      putOut(text).some((each) => each.format === format) ||
      tryTo(() => parseDatetime(String(templates.string(text)({})), format)) !== undefined;
    return isOwn ? [node] : [];
  });
  return new Set(own);
}
