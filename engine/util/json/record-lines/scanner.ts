/// <reference path="./web-assembly.d.ts" />
import { setFlagsFromString } from 'node:v8';
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
  const module = compiled(Buffer.from(scannerBinary.join(''), 'base64'));
  const instance = new WebAssembly.Instance(module, {
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

/**
 * Compiled thoroughly at once, and all of it: what is left for its first call would get the flags of that moment. Node 20 runs
 * with the quick compiler alone (bin/manifold.ts says why), which would make the scanner half as fast.
 */
function compiled(bytes: Uint8Array): WebAssembly.Module {
  setFlagsFromString('--no-liftoff');
  setFlagsFromString('--no-wasm-lazy-compilation');
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    setFlagsFromString('--liftoff');
    setFlagsFromString('--wasm-lazy-compilation');
  }
}
