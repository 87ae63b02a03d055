import type { ManifestNode } from '../manifest/node.ts';

/** What the formats of a cursor tell of how moments are written. */

const day = 86_400;

export function textOf(node: ManifestNode | undefined): string {
  return node?.kind === 'scalar' ? String(node.value) : '';
}

/** A count since the epoch. */
export function isNumeric(format: string): boolean {
  return /^%(?:s|ms|s_as_float|epoch_microseconds)$/.test(format);
}

/** More than a day. */
export function hasTime(format: string): boolean {
  return isNumeric(format) || /%[HIcXTf]/.test(format);
}

/** Seconds that a format tells apart; parts of a second count as one, since few states have them. */
export function unitOf(format: string): number {
  if (isNumeric(format)) return 1;
  if (!hasTime(format)) return /%d|%j|%F|%D/.test(format) ? day : Number.POSITIVE_INFINITY;
  if (/%[ScXTf]/.test(format)) return 1;
  return /%M/.test(format) ? 60 : 3600;
}

/** The least number of seconds that a format tells apart. */
export function smallestOf(format: string): number {
  if (/%f|%s_as_float|%epoch_microseconds/.test(format)) return 0.000001;
  return /%ms/.test(format) ? 0.001 : unitOf(format);
}

/** Numbers, days, moments, and in which order their parts stand. */
export function kindOfFormat(format: string): string {
  if (isNumeric(format)) return format;
  const date = (/%[Ymdy].*?%[Ymdy].*?%[Ymdy]/.exec(format)?.[0] ?? format).replace(/[^%A-Za-z/.-]/g, '');
  return `${date} ${hasTime(format)}`;
}
