import { kinds, type Vector } from './kinds.ts';

/** JSON Lines as vectors. */
export function parseVectors(lines: string): readonly Vector[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Vector => JSON.parse(line));
}

/** The differences of a vector; none when it passes. */
export async function checkVector(vector: Vector): Promise<readonly string[] | 'skip'> {
  const handler = kinds[vector.kind];
  if (handler === undefined) return [`unknown kind ${vector.kind}`];
  try {
    return await handler(vector);
  } catch (error) {
    return [`the runner failed: ${error instanceof Error ? error.stack : String(error)}`];
  }
}

/** What a vector is about, and how it differs. */
export function describeDifferences(vector: Vector, differences: readonly string[]): string {
  const about = JSON.stringify(vector.template ?? vector.context)?.slice(0, 300);
  return `  ${vector.id ?? vector.kind} ${about}\n    ${differences.join('\n    ')}`;
}
