/// <reference path="./web-assembly.d.ts" />
import { setFlagsFromString } from 'node:v8';

/** Whether V8 has the flag for it: from Node 24 on, and in Node 26 it is on. */
const hasDeopts = Number.parseInt(process.versions.node, 10) >= 24;

/**
 * A module from its bytes, in lines of base64. Compiled thoroughly at once, and all of it: what is left for its first call
 * would get the flags of that moment. Node 20 runs with the quick compiler alone (bin/manifold.ts says why), which would make
 * it half as fast.
 */
export function compileWasm(base64: readonly string[]): WebAssembly.Module {
  const bytes = Buffer.from(base64.join(''), 'base64');
  // V8 would assume of calls what the quick compiler has seen of them, and ends the process where that compiler has not run.
  if (hasDeopts) setFlagsFromString('--no-wasm-deopt');
  setFlagsFromString('--no-liftoff');
  setFlagsFromString('--no-wasm-lazy-compilation');
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    setFlagsFromString('--liftoff');
    setFlagsFromString('--wasm-lazy-compilation');
  }
}
