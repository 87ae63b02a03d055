import { gapped, literal } from '../text/glob.ts';

/** A step of a path: a key, a glob over keys and indices, or (a number) an index. */
export type Segment = string | number;

/** One segment of a glob, ready to be asked. */
export interface SegmentMatcher {
  readonly isAnyDepth: boolean;
  matchesKey(key: string): boolean;
  matchesIndex(index: number, length: number): boolean;
}

const any: SegmentMatcher = Object.freeze({
  isAnyDepth: false,
  matchesKey: () => true,
  matchesIndex: () => true,
});
const anyDepth: SegmentMatcher = Object.freeze({ ...any, isAnyDepth: true });

export function toMatchers(segments: readonly Segment[]): readonly SegmentMatcher[] {
  const matchers = segments.map(toMatcher);
  if (matchers.filter((matcher) => matcher.isAnyDepth).length > 1) {
    throw new Error(`Only one "**" is allowed in the path ${JSON.stringify(segments)}.`);
  }
  return matchers;
}

function toMatcher(segment: Segment): SegmentMatcher {
  if (segment === '**') return anyDepth;
  if (segment === '*') return any;
  if (typeof segment === 'number') {
    return {
      isAnyDepth: false,
      matchesKey: () => false,
      matchesIndex: (at, length) => isAt(segment, at, length),
    };
  }
  const index = /^\s*[+-]?\d+\s*$/.test(segment) ? Number(segment) : undefined;
  if (index !== undefined) {
    return {
      isAnyDepth: false,
      matchesKey: (key) => key === segment,
      matchesIndex: (at, length) => isAt(index, at, length),
    };
  }
  const pattern = globPattern(segment);
  return {
    isAnyDepth: false,
    matchesKey: (key) => pattern.test(key),
    matchesIndex: (at) => pattern.test(String(at)),
  };
}

function isAt(wanted: number, index: number, length: number): boolean {
  return wanted === index || wanted + length === index;
}

/** Does the whole path match? `**` stands for any number of missing segments, including none. */
export function matchesPath(
  path: readonly Segment[],
  lengths: readonly number[],
  matchers: readonly SegmentMatcher[],
): boolean {
  const deep = matchers.findIndex((matcher) => matcher.isAnyDepth);
  const extra = path.length - matchers.length;
  if (deep === -1 ? extra !== 0 : extra < -1) return false;
  for (let index = 0; index < path.length; index++) {
    if (deep !== -1 && index >= deep && index <= deep + extra) continue;
    const matcher = matchers[deep === -1 || index < deep ? index : index - extra];
    const segment = path[index] as Segment;
    const matches =
      typeof segment === 'number'
        ? matcher?.matchesIndex(segment, lengths[index] as number)
        : matcher?.matchesKey(segment);
    if (!matches) return false;
  }
  return true;
}

/** Python's fnmatch, case-sensitive: `*`, `?`, `[a-c]`, `[!a-c]`. */
function globPattern(glob: string): RegExp {
  const parts = [''];
  const add = (source: string) => void parts.push((parts.pop() ?? '') + source);
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at] as string;
    if (char === '*') parts.push('');
    else if (char === '?') add('.');
    else if (char === '[') {
      const end = glob.indexOf(']', at + (glob[at + 1] === '!' ? 3 : 2));
      if (end === -1) {
        add('\\[');
        continue;
      }
      add(bracket(glob.slice(at + 1, end)));
      at = end;
    } else add(literal(char));
  }
  return new RegExp(`^${gapped(parts, '.*')}$`, 's');
}

function bracket(text: string): string {
  const isNegated = text.startsWith('!');
  const chars = (isNegated ? text.slice(1) : text)
    .replace(/[\\\]^[]/g, '\\$&')
    // A range that runs backwards matches nothing.
    .replace(/(.)-(.)/gs, (range, from: string, to: string) => (from > to ? '' : range));
  return chars === '' ? (isNegated ? '.' : '(?!)') : `[${isNegated ? '^' : ''}${chars}]`;
}
