import { setFlagsFromString } from 'node:v8';

/** Tells V8 what kind of start this is. Code that is kept compiled fits only a start with the same flags. */
export function setStartFlags(command: string | undefined): void {
  // Node 20 compiles undici's HTTP parser twice, the second time thoroughly: 0.1 s and 30 MB that are not worth it here.
  if (process.versions.node.startsWith('20.')) {
    setFlagsFromString('--no-wasm-tier-up');
    setFlagsFromString('--no-wasm-dynamic-tiering');
  }
  // A command that is over in a moment has nothing from code that is compiled thoroughly for a long life.
  if (['spec', 'check', 'discover'].includes(command ?? '')) {
    setFlagsFromString('--no-opt');
    // To mark what lives takes a seventh of a check, for memory that the system takes back a moment later.
    setFlagsFromString('--no-incremental-marking');
  }
  // A conformance test does a little of everything: to compile thoroughly whatever ran a few hundred times takes a fifth of it.
  if (command === 'test') setFlagsFromString('--interrupt-budget=2000000');
}
