import { tokenize } from '../../template/syntax/lexer.ts';
import { tryTo } from '../../util/flow/try-to.ts';

/** The template of a condition with the opposite meaning; undefined where its last part is no expression. */
export function negated(text: string): string | undefined {
  const open = text.lastIndexOf('{{');
  const close = text.lastIndexOf('}}');
  if (open === -1 || text.slice(close + 2).trim() !== '' || close < open) return undefined;
  // What stands before the expression may be statements, which print nothing.
  if (
    text
      .slice(0, open)
      .replace(/\{%[\s\S]*?%\}/g, '')
      .trim() !== ''
  )
    return undefined;
  const [, left = '', inner = '', right = ''] =
    /^(-?)([\s\S]*?)(-?)$/.exec(text.slice(open + 2, close)) ?? [];
  return `${text.slice(0, open)}{{${left} not (${inner.trim()}) ${right}}}${text.slice(close + 2)}`;
}

/** Members of a window are called `start_time` and `end_time`, or with these words in names of the author's own. */
const endOfWindow =
  /(\bstream_(?:interval|slice|partition)(?:\.cursor_slice)?(?:\.get\(|\[|\.)\s*['"]?(?:\w*_)?)(start|end)(?=_|\b)/g;

/** The template with the ends of windows that it takes exchanged; undefined where it takes none. */
export function otherEnds(text: string): string | undefined {
  const exchanged = text.replace(
    endOfWindow,
    (_, before: string, end: string) => `${before}${end === 'start' ? 'end' : 'start'}`,
  );
  return exchanged === text ? undefined : exchanged;
}

const otherEdge: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

/** The template with one comparison that takes the edge in, or leaves it out. */
export function* movedEdges(
  text: string,
): Generator<{ readonly text: string; readonly from: string; readonly to: string }> {
  if (!/[<>]/.test(text)) return;
  for (const { type, value, offset, end } of tryTo(() => tokenize(text)) ?? []) {
    const to = otherEdge[value];
    if (type === 'operator' && to !== undefined)
      yield { text: `${text.slice(0, offset)}${to}${text.slice(end)}`, from: value, to };
  }
}
