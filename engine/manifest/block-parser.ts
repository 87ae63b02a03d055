import { isCollection, isMap, isNode, isPair, isSeq, type Node, YAMLMap, type YAMLSeq } from 'yaml';
import type { ReadDocument } from './read-document.ts';

/** What makes more of a text than one document that begins with its first field. */
const unusual = /^(?:---|\.\.\.|%|\uFEFF)/m;

/** A field of a mapping, or an item of a list, with the lines up to the next one. */
interface Block {
  readonly start: number;
  readonly end: number;
}

interface Blocks {
  readonly kind: 'map' | 'seq';
  readonly indent: number;
  readonly blocks: readonly Block[];
}

/** A block as it was parsed, in pieces that moved to different places: heads of fields in each other, and their last block. */
interface Parsed {
  readonly item: unknown;
  /** From the outermost to the innermost. */
  readonly levels: readonly Level[];
  /** What the last of the pieces was parsed into. */
  readonly last: unknown;
  /** Where the collection around the item ends, counted in what was parsed. */
  readonly ends: Ends;
  /** By how much each piece stands further on in the text than in what was parsed. */
  shifts: readonly number[];
}

/** A field that has many blocks. */
interface Level {
  readonly key: unknown;
  readonly inner: YAMLMap | YAMLSeq;
  readonly ends: Ends;
}

type Ends = readonly [valueEnd: number, nodeEnd: number];
type Kind = Blocks['kind'];

export interface BlockParserOptions {
  /** A mistake ends with its block: for texts that are being typed. Default false: then the whole text is parsed. */
  readonly toleratesErrors?: boolean;
  /** Characters of a block that is parsed block by block itself. */
  readonly splitFrom?: number;
}

/**
 * Parses a text that is parsed again after each change: only the blocks whose lines have changed are. What `parse` makes
 * of the whole text comes out, as long as each block can be parsed alone; else the whole text is parsed. Nodes that did
 * not change are those of the text before, moved to where they are now: a tree is good until the next text is parsed.
 */
export function createBlockParser(parse: ReadDocument, options: BlockParserOptions = {}): ReadDocument {
  const { toleratesErrors = false, splitFrom = 1500 } = options;
  let known = new Map<string, Parsed[]>();
  let next = new Map<string, Parsed[]>();

  return (text) => {
    next = new Map();
    const contents = outermost(text);
    if (contents === undefined) return parse(text);
    known = next;
    return { contents, errors: [] };
  };

  function outermost(text: string): YAMLMap | undefined {
    const found = unusual.test(text) ? undefined : blocksIn(text, 0, text.length, 0);
    const [first] = found?.blocks ?? [];
    if (found?.kind !== 'map' || first === undefined) return undefined;
    const map = new YAMLMap();
    let ends: Ends = [0, 0];
    for (const block of found.blocks) {
      const parsed = parsedBlock(text, block, 'map', 0, block.end === text.length);
      if (!isPair(parsed?.item)) return undefined;
      map.items.push(parsed.item);
      ends = moved(parsed.ends, parsed.shifts.at(-1) ?? 0);
    }
    map.range = [first.start, ...ends];
    return map;
  }

  /** `isLast`: nothing comes after it. */
  function parsedBlock(
    text: string,
    block: Block,
    kind: Kind,
    indent: number,
    isLast: boolean,
  ): Parsed | undefined {
    const inside: Blocks[] = [];
    const pieces: Block[] = [];
    let rest = block;
    for (let around = { kind, indent }; around.kind === 'map' && rest.end - rest.start >= splitFrom; ) {
      const found = innerBlocks(text, rest, around.indent);
      const [first, last] = [found?.blocks[0], found?.blocks.at(-1)];
      if (found === undefined || first === undefined || last === undefined) break;
      inside.push(found);
      pieces.push({ start: rest.start, end: first.start });
      [rest, around] = [last, found];
    }
    pieces.push(rest);
    const parsed = parsedPieces(text, pieces, kind, indent, isLast);
    if (parsed === undefined) return undefined;
    for (const [depth, { blocks, kind: own, indent: ownIndent }] of inside.entries()) {
      const level = parsed.levels[depth];
      if (level === undefined) return undefined;
      const before: unknown[] = [];
      for (const each of blocks.slice(0, -1)) {
        const one = parsedBlock(text, each, own, ownIndent, false);
        if (one === undefined) return undefined;
        before.push(one.item);
      }
      fill(level.inner, [...before, level.inner.items.at(-1)]);
      const start = (blocks[0]?.start ?? 0) + ownIndent;
      level.inner.range = [start, ...moved(level.ends, parsed.shifts.at(-1) ?? 0)];
    }
    return parsed;
  }

  /** Pieces that follow each other in what is parsed, as if there were nothing between them. */
  function parsedPieces(
    text: string,
    pieces: readonly Block[],
    kind: Kind,
    indent: number,
    isLast: boolean,
  ): Parsed | undefined {
    const texts = pieces.map(({ start, end }) => text.slice(start, end));
    const key = `${kind} ${indent} ${isLast} ${texts.map(({ length }) => length).join(' ')}\n${texts.join('')}`;
    const parsed = known.get(key)?.pop() ?? parsedAlone(texts, kind, indent, isLast);
    if (parsed === undefined) return undefined;
    let length = 0;
    const shifts = pieces.map(({ start, end }) => {
      length += end - start;
      return end - length;
    });
    const by = shifts.map((shift, index) => shift - (parsed.shifts[index] ?? 0));
    for (const [depth, level] of parsed.levels.entries()) move(level.key, by[depth] ?? 0);
    move(parsed.last, by.at(-1) ?? 0);
    parsed.shifts = shifts;
    next.set(key, [...(next.get(key) ?? []), parsed]);
    return parsed;
  }

  function parsedAlone(
    texts: readonly string[],
    kind: Kind,
    indent: number,
    isLast: boolean,
  ): Parsed | undefined {
    // What comes after a block tells where it ends.
    const follower = isLast ? '' : `${' '.repeat(indent)}${kind === 'map' ? 'x: 0' : '- 0'}\n`;
    const { contents, errors } = parse(`${texts.join('')}${follower}`);
    if (errors.length > 0 && !toleratesErrors) return undefined;
    const isExpected = kind === 'map' ? isMap(contents) : isSeq(contents);
    if (!isExpected || !isCollection(contents) || contents.items.length !== (isLast ? 1 : 2))
      return undefined;
    const [item] = contents.items;
    const levels: Level[] = [];
    let last: unknown = item;
    while (levels.length < texts.length - 1) {
      const inner = isPair(last) ? last.value : undefined;
      if (!isPair(last) || !(isMap(inner) || isSeq(inner)) || inner.items.length !== 1) return undefined;
      levels.push({ key: last.key, inner, ends: endsOf(inner) });
      last = inner.items[0];
    }
    return { item, levels, last, ends: endsOf(contents), shifts: texts.map(() => 0) };
  }
}

/** The items of a collection, in the place of those it has. */
function fill(collection: YAMLMap | YAMLSeq, items: readonly unknown[]): void {
  const list: unknown[] = collection.items;
  list.splice(0, list.length, ...items);
}

function endsOf({ range }: Node): Ends {
  return [range?.[1] ?? 0, range?.[2] ?? 0];
}

function moved([valueEnd, nodeEnd]: Ends, by: number): Ends {
  return [valueEnd + by, nodeEnd + by];
}

/** What is in a field that is a name and, in the lines below it, a mapping or a list of more than one. */
function innerBlocks(text: string, { start, end }: Block, indent: number): Blocks | undefined {
  const head = /^ *[^\s#"'{}[\],&*!|>%@`?:-][^:\n]*:[ \t]*(?:#.*)?\r?\n/.exec(text.slice(start, end))?.[0];
  if (head === undefined) return undefined;
  const from = start + head.length;
  const own = /^(?:[ \t]*(?:#.*)?\r?\n)*( *)[^\s#]/.exec(text.slice(from, end))?.[1]?.length;
  if (own === undefined) return undefined;
  const found = blocksIn(text, from, end, own);
  // Fields beside this one are not in it; a list may stand as far out as its name.
  const isWithin = found !== undefined && (own > indent || (own === indent && found.kind === 'seq'));
  return isWithin && found.blocks.length > 1 ? found : undefined;
}

/** The blocks of lines that begin at an indent; undefined where lines stand further out, or are of several kinds. */
function blocksIn(text: string, from: number, to: number, indent: number): Blocks | undefined {
  const starts: number[] = [];
  let kind: Blocks['kind'] | undefined;
  let next = from;
  for (let start = from; start < to; start = next) {
    const newline = text.indexOf('\n', start);
    next = newline === -1 || newline >= to ? to : newline + 1;
    let at = start;
    while (at < next && text[at] === ' ') at += 1;
    const first = text[at];
    if (at === next || first === '\n' || first === '\r' || first === '#') continue;
    if (first === '\t' || at - start < indent) return undefined;
    if (at - start > indent) continue;
    const isItem = first === '-' && /\s/.test(text[at + 1] ?? ' ');
    // A list may stand as far out as the name of its field.
    if (isItem && kind === 'map') continue;
    if (kind === 'seq' && !isItem) return undefined;
    // Keys that have a line of their own.
    if ((first === '?' || first === ':') && /\s/.test(text[at + 1] ?? ' ')) return undefined;
    kind = isItem ? 'seq' : 'map';
    starts.push(start);
  }
  if (kind === undefined) return undefined;
  const blocks = starts.map((start, index) => ({ start, end: starts[index + 1] ?? to }));
  return { kind, indent, blocks };
}

/** Moves a tree of the YAML library by so many characters. */
function move(node: unknown, by: number): void {
  if (by === 0) return;
  if (isPair(node)) {
    move(node.key, by);
    move(node.value, by);
  } else if (isNode(node)) {
    const [start, valueEnd, end] = node.range ?? [0, 0, 0];
    node.range = [start + by, valueEnd + by, end + by];
    if (isCollection(node)) for (const item of node.items) move(item, by);
  }
}
