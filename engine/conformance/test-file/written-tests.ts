import type { Hidden } from '../../manifest/parse.ts';

/** A test by the lines that it stands on. */
export interface WrittenTest {
  readonly text: string;
  /** All of it. */
  readonly whole: Hidden;
  /** What matters to nobody unless the test is run. */
  readonly deep: readonly Hidden[];
}

const deepFields: ReadonlySet<string> = new Set(['now', 'state', 'http', 'expect']);

/** More than one document, or a directive for all of it. */
const isUnusual = /^(?:---|\.\.\.|%|\uFEFF)/m;

/** An alias: what a text means is not in it alone. */
const alias = /(?:^|[\s,:[{-])\*[^\s*]/;
const anchor = /(?:^|[\s,:[{-])&\S/;

/** Whether a text may say what another one says. */
export function hasAlias(text: string): boolean {
  return alias.test(text);
}

/**
 * The tests of a file by the look of its lines, which may stand in a text over several: whoever reads the file finds out.
 * Undefined where they cannot be told apart so.
 */
export function writtenTests(text: string): readonly WrittenTest[] | undefined {
  const [head, second] = text.matchAll(/^tests:[ \t]*(?:#.*)?\r?\n/gm);
  if (head === undefined || second !== undefined || isUnusual.test(text)) return undefined;
  const from = head.index + head[0].length;
  const below = text.slice(from);
  const indent = /^(?:[ \t]*(?:#.*)?\r?\n)*( *)- /.exec(below)?.[1];
  if (indent === undefined) return undefined;
  const next = below.search(indent === '' ? /^(?:[^\s#-]|-(?! ))/m : /^[^\s#]/m);
  const list = next === -1 ? below : below.slice(0, next);
  const items = [...list.matchAll(new RegExp(`^${indent}- +`, 'gm'))];
  return items.map(({ index: start, 0: dash }, index) => {
    const own = list.slice(start, items[index + 1]?.index);
    const begin = from + start;
    const pointer = `/tests/${index}`;
    const whole = { start: begin + dash.length, end: begin + contentLength(own), pointer };
    return { text: own, whole, deep: deepIn(own, begin, dash.length, pointer) };
  });
}

function deepIn(text: string, begin: number, indent: number, pointer: string): readonly Hidden[] {
  if (alias.test(text) || anchor.test(text)) return [];
  const keys = [...text.matchAll(new RegExp(`^(?: {${indent}}|.{${indent}}(?<=- ))([a-z_]+):(?=\\s)`, 'gm'))];
  return keys.flatMap(({ index, 0: { length }, 1: name = '' }, number): readonly Hidden[] => {
    const start = index + length + 1;
    const end = contentLength(text.slice(0, keys[number + 1]?.index));
    const isDeep = deepFields.has(name) && end > start;
    return isDeep ? [{ start: begin + start, end: begin + end, pointer: `${pointer}/${name}` }] : [];
  });
}

/** Without white space and lines of comments at the end. */
function contentLength(text: string): number {
  let end = text.trimEnd().length;
  for (let line = text.lastIndexOf('\n', end - 1) + 1; line > 0; line = text.lastIndexOf('\n', end - 1) + 1) {
    if (!/^[ \t]*#/.test(text.slice(line, end))) break;
    end = text.slice(0, line).trimEnd().length;
  }
  return end;
}
