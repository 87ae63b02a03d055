/**
 * A set of keys of which only the difference to another set can be read: an invertible Bloom lookup table (Goodrich and
 * Mitzenmacher, 2011). A key is added into one cell of each part; a cell that holds a single key can be read, and the key
 * taken out of its other cells. What two sets have in common cancels out, so the size depends on how much may differ, not
 * on how much there is.
 */
export interface DifferenceTable {
  /** Twice the same key would be none: who adds takes care. The lowest byte of its first word is 0. */
  add(key: Int32Array): void;
  /** How many keys were added. */
  readonly size: number;
  /** The keys that only one of the two has, when both are of one shape. Undefined when they are too many to be read. */
  difference(other: DifferenceTable): Difference | undefined;
  /** As text, for a state. */
  text(): string;
  readonly cells: Int32Array;
}

export interface Difference {
  readonly added: readonly Int32Array[];
  readonly removed: readonly Int32Array[];
}

export interface TableShape {
  /** Differences that can be read, with room to spare. */
  readonly capacity: number;
  /** Words of a key: all have the same number. */
  readonly keyWords: number;
}

/** Each key is in one cell of each part. With four of them, 1.3 cells for each difference suffice. */
const parts = 4;
const cellsPerDifference = 1.4;

export function createDifferenceTable(shape: TableShape): DifferenceTable {
  return table(shape, new Int32Array(wordsOf(shape)), 0);
}

/** Reads what `text` gave; undefined when it is of another shape. */
export function readDifferenceTable(
  shape: TableShape,
  text: unknown,
  size: unknown,
): DifferenceTable | undefined {
  if (typeof text !== 'string' || typeof size !== 'number') return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 4 * wordsOf(shape)) return undefined;
  const cells = new Int32Array(wordsOf(shape));
  for (let word = 0; word < cells.length; word++) cells[word] = bytes.readInt32LE(4 * word);
  return table(shape, cells, size);
}

/** Few keys may by chance share all of their cells, so there are some more of these. */
function cellsPerPart({ capacity }: TableShape): number {
  return Math.ceil((capacity * cellsPerDifference) / parts) + 16;
}

/** Of a cell: a checksum, and the keys that are in it by exclusive or. Their count is in the lowest byte of the first word. */
function widthOf({ keyWords }: TableShape): number {
  return 1 + keyWords;
}

function wordsOf(shape: TableShape): number {
  return cellsPerPart(shape) * parts * widthOf(shape);
}

function table(shape: TableShape, cells: Int32Array, known: number): DifferenceTable {
  let size = known;
  return {
    cells,
    get size() {
      return size;
    },
    add(key) {
      toggle(shape, cells, key, 1);
      size += 1;
    },
    difference: (other) => peel(shape, difference(shape, cells, other.cells)),
    text() {
      const bytes = Buffer.alloc(4 * cells.length);
      cells.forEach((word, at) => void bytes.writeInt32LE(word, 4 * at));
      return bytes.toString('base64');
    },
  };
}

/** Adds a key, or takes it out. */
function toggle(shape: TableShape, cells: Int32Array, key: Int32Array, sign: 1 | -1): void {
  const { low, high, check } = hashesOf(key);
  const perPart = cellsPerPart(shape);
  const width = widthOf(shape);
  for (let part = 0; part < parts; part++) {
    const at = cellOf(low, high, part, perPart) * width;
    const head = cells[at] ?? 0;
    cells[at] = ((head ^ (key[0] ?? 0)) & ~0xff) | ((head + sign) & 0xff);
    for (let word = 1; word < key.length; word++)
      cells[at + word] = (cells[at + word] ?? 0) ^ (key[word] ?? 0);
    cells[at + key.length] = (cells[at + key.length] ?? 0) ^ check;
  }
}

function cellOf(low: number, high: number, part: number, perPart: number): number {
  // Mixed once more: two keys that share two cells would otherwise share all.
  return part * perPart + (mixed(low + Math.imul(part + 1, high)) % perPart);
}

function difference(shape: TableShape, ours: Int32Array, theirs: Int32Array): Int32Array {
  const width = widthOf(shape);
  return ours.map((word, at) => {
    const other = theirs[at] ?? 0;
    return at % width === 0 ? ((word ^ other) & ~0xff) | ((word - other) & 0xff) : word ^ other;
  });
}

/** Reads cells with a single key until none is left. */
function peel(shape: TableShape, cells: Int32Array): Difference | undefined {
  const width = widthOf(shape);
  const perPart = cellsPerPart(shape);
  const added: Int32Array[] = [];
  const removed: Int32Array[] = [];
  const waiting = Array.from({ length: cells.length / width }, (_, cell) => cell);
  for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
    const at = cell * width;
    const head = cells[at] ?? 0;
    const count = head & 0xff;
    if (count !== 1 && count !== 0xff) continue;
    const key = cells.slice(at, at + shape.keyWords);
    key[0] = head & ~0xff;
    const { low, high, check } = hashesOf(key);
    if (cells[at + shape.keyWords] !== check) continue;
    (count === 1 ? added : removed).push(key);
    toggle(shape, cells, key, count === 1 ? -1 : 1);
    for (let part = 0; part < parts; part++) waiting.push(cellOf(low, high, part, perPart));
  }
  return cells.every((word) => word === 0) ? { added, removed } : undefined;
}

/** Three hashes of a key, with the mixing of MurmurHash3. */
function hashesOf(key: Int32Array): { readonly low: number; readonly high: number; readonly check: number } {
  let low = 0x9747b28c;
  let high = 0x85ebca6b;
  for (let at = 0; at < key.length; at++) {
    const word = key[at] ?? 0;
    low = mixed(low ^ Math.imul(word, 0xcc9e2d51));
    high = mixed(high ^ Math.imul(word, 0x1b873593));
  }
  return { low, high: high | 1, check: mixed(low ^ Math.imul(high, 5)) | 0 };
}

function mixed(hash: number): number {
  let mix = hash ^ (hash >>> 16);
  mix = Math.imul(mix, 0x85ebca6b);
  mix ^= mix >>> 13;
  mix = Math.imul(mix, 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}
