import { compileWasm } from '../../wasm/compile.ts';
import { scannerBinary } from './scanner-binary.ts';

/** What scanner.as.ts exports. Addresses and lengths are bytes of its memory. */
export interface Scanner {
  readonly memory: WebAssembly.Memory;
  scan(
    from: number,
    length: number,
    to: number,
    toEnd: number,
    table: number,
    tableEnd: number,
    pathNameCount: number,
    watchedNameCount: number,
    withoutNulls: boolean,
  ): number;
  startOfList(): number;
  endOfList(): number;
  endOfLines(): number;
}

let scanner: Scanner | undefined;

/** One for the process: a scan ends before anything else can run. */
export function theScanner(): Scanner {
  scanner ??= createScanner();
  return scanner;
}

function createScanner(): Scanner {
  const instance = new WebAssembly.Instance(compileWasm(scannerBinary), {
    host: {
      numberText(start = 0, end = 0, out = 0) {
        const memory = Buffer.from(exports.memory.buffer);
        return memory.write(JSON.stringify(Number(memory.toString('latin1', start, end))), out, 'latin1');
      },
    },
  });
  const exports = instance.exports as Scanner;
  return exports;
}
