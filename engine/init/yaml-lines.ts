import type { Guess } from './guess.ts';

/** A line with what makes it a guess behind it. */
export function marked(
  line: string,
  { confidence, why }: Pick<Guess<unknown>, 'confidence' | 'why'>,
): string {
  return `${line}  # guess ${confidence}: ${why.replaceAll('\n', ' ')}`;
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}

export function indented(lines: readonly string[], by: number): string[] {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));
}
