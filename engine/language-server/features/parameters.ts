import { marker } from '../locate/caret.ts';
import { isMap, isScalar, isSeq, type Node, nameOf, namesIn } from '../locate/syntax.ts';

/** Names that components are given as `$parameters`. */
export function parameterNames(node: unknown): readonly string[] {
  return [...new Set([...mappings(node)].flatMap(namesIn).filter(isOwn))];
}

/** What is known of a parameter by what is written elsewhere. */
export interface AboutParameters {
  /** What components are given as it, what most are given first. */
  values(name: string): readonly string[];
  /** Where templates read it, and what others are given as it. */
  documentation(name: string): string | undefined;
}

const mostLines = 3;
const mostValues = 6;
const longest = 100;

export function aboutParameters(text: string, root: Node | null): AboutParameters {
  const reading = text
    .split('\n')
    .flatMap((line, index) =>
      line.includes('parameters') ? [{ line: line.trim(), number: index + 1 }] : [],
    );
  const given = [...mappings(root)].flatMap((mapping) => (isMap(mapping) ? mapping.items : []));

  function values(name: string): readonly string[] {
    const counts = new Map<string, number>();
    for (const { key, value } of given) {
      if (String(key) !== name || !isScalar(value) || value.value === null || value.value === '') continue;
      const text = String(value.value);
      if (isOwn(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1]).map(([text]) => text);
  }

  return {
    values,
    documentation(name) {
      const reads = new RegExp(`\\bparameters(?:\\.get\\(\\s*['"]|\\[\\s*['"]|\\.)${name}\\b`);
      const lines = reading
        .filter(({ line }) => reads.test(line))
        .map(({ line, number }) => `line ${number}: ${shortened(line)}`);
      const others = values(name).slice(0, mostValues);
      const parts = [
        ...(lines.length > 0 ? [`Read in ${lines.slice(0, mostLines).join('; ')}`] : []),
        ...(lines.length > mostLines ? [`and ${lines.length - mostLines} more`] : []),
        ...(others.length > 0 ? [`Others give it ${others.map(shortened).join(', ')}.`] : []),
      ];
      return parts.length === 0 ? undefined : parts.join('\n');
    },
  };
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function* mappings(node: unknown): Generator<unknown> {
  if (isSeq(node)) for (const item of node.items) yield* mappings(item);
  if (!isMap(node)) return;
  for (const pair of node.items) {
    if (nameOf(pair) === '$parameters') yield pair.value;
    else yield* mappings(pair.value);
  }
}

/** The word at the caret is written too, with a mark in it. */
function isOwn(name: string): boolean {
  return !name.includes(marker);
}
