import { pyStr } from '../template/python-values.ts';
import type { Segment } from '../util/path/dpath.ts';

/** A segment of a path, as given by a template: a number is an index into a list, anything else is a key. */
export function pathSegment(value: unknown): Segment {
  if (typeof value === 'number') return Math.trunc(value);
  return typeof value === 'bigint' ? Number(value) : pyStr(value);
}
