import { isObject } from './json.ts';

/** Levels that no record of an API has, and that whoever calls itself for each of them can go through. */
const usual = 500;

interface Deep {
  /** Where it is in the list. */
  readonly index: number;
  readonly field: string;
  readonly levels: number;
}

/** V8's word for a recursion that went too deep, which here only data can cause. */
export function isTooDeep(error: unknown): error is RangeError {
  return error instanceof RangeError && error.message.startsWith('Maximum call stack');
}

/**
 * What to say of records of which one could not be worked with because it is too deep: which one it is, counted from
 * `before` (how many came before these), and its field. `of` follows the number.
 */
export function tellDeepRecord(records: readonly unknown[], before: number, of = ''): string {
  const deep = deepRecord(records);
  if (deep === undefined) return 'A value is nested too deeply to be worked with.';
  return `Record ${before + deep.index + 1}${of} is nested too deeply to be worked with: its field "${deep.field}" has ${deep.levels} levels.`;
}

function deepRecord(records: readonly unknown[]): Deep | undefined {
  for (const [index, record] of records.entries()) {
    if (!isObject(record)) continue;
    for (const [field, value] of Object.entries(record)) {
      const levels = levelsOf(value);
      if (levels > usual) return { index, field, levels };
    }
  }
  return undefined;
}

/** Without calling itself. */
function levelsOf(value: unknown): number {
  let levels = 0;
  const open: [value: unknown, level: number][] = [[value, 1]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [here, level] = next;
    if (typeof here !== 'object' || here === null) continue;
    levels = Math.max(levels, level);
    for (const item of Object.values(here)) open.push([item, level + 1]);
  }
  return levels;
}
