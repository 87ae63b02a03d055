import { parseJsonBytes } from '../../../util/json/parse-json-bytes.ts';
import { compileWasm } from '../../../util/wasm/compile.ts';
import { kindOf } from '../kinds.ts';
import { lineKindsBinary } from './line-kinds-binary.ts';

/** What the values of a field are, as bits of `kinds`. */
export interface FieldKinds {
  readonly field: string;
  /** Where texts are no more than that. */
  readonly asText: number;
  /** Where they may be times. */
  readonly asTime: number;
}

export interface LineKinds {
  readonly lines: number;
  /** In the order in which they come first. */
  readonly fields: readonly FieldKinds[];
}

/** What line-kinds.as.ts exports. Addresses and lengths are bytes of its memory. */
interface Surveyor {
  readonly memory: WebAssembly.Memory;
  survey(from: number, length: number): number;
  startOfFields(): number;
  countOfLines(): number;
}

/** Longer ones are not looked at in this way, so that the memory for it stays small. */
const mostBytes = 16 * 1024 * 1024;

/** Where the lines lie, and what is to be free behind them. */
const from = 128 * 1024;
const padding = 32;
const page = 65_536;

/**
 * The kinds of what the fields of records hold, from their lines as JSON.stringify writes them, without making objects of
 * them. Undefined where that has to be found out in the ordinary way.
 */
export function lineKinds(lines: Uint8Array): LineKinds | undefined {
  if (lines.length > mostBytes) return undefined;
  const { memory, survey, startOfFields, countOfLines } = theSurveyor();
  const missing = from + lines.length + padding - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / page));
  const bytes = Buffer.from(memory.buffer);
  bytes.set(lines, from);
  bytes.fill(0, from + lines.length, from + lines.length + padding);
  const count = survey(from, lines.length);
  if (count < 0) return undefined;
  const table = new Uint32Array(memory.buffer, startOfFields(), 4 * count);
  const fields = Array.from({ length: count }, (_, index): FieldKinds => {
    const [start = 0, end = 0, asText = 0, asTime = 0] = table.subarray(4 * index);
    return { field: nameIn(bytes, start, end), asText, asTime };
  });
  return { lines: countOfLines(), fields };
}

/** Names may have escapes. */
function nameIn(bytes: Buffer, start: number, end: number): string {
  const name = bytes.toString('utf8', start, end);
  return name.includes('\\') ? JSON.parse(`"${name}"`) : name;
}

let surveyor: Surveyor | undefined;

/** One for the process: a survey ends before anything else can run. */
function theSurveyor(): Surveyor {
  surveyor ??= createSurveyor();
  return surveyor;
}

function createSurveyor(): Surveyor {
  const instance = new WebAssembly.Instance(compileWasm(lineKindsBinary), {
    host: {
      kindOfNumber: (start = 0, end = 0) =>
        kindOf(parseJsonBytes(Buffer.from(exports.memory.buffer, start, end - start)), false),
    },
  });
  const exports = instance.exports as Surveyor;
  return exports;
}
