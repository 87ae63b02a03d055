#!/usr/bin/env node
import * as nodeModule from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// Compiled code is kept from one start to the next if Node can do that (22.8 and later), so everything else is loaded
// after this.
nodeModule.enableCompileCache?.();

// Node 20 compiles undici's HTTP parser twice, the second time thoroughly: 0.1 s and 30 MB that are not worth it here.
if (process.versions.node.startsWith('20.')) {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}

// A command that is over in a moment has nothing from code that is compiled thoroughly for a long life.
if (['spec', 'check', 'discover'].includes(process.argv[2] ?? '')) setFlagsFromString('--no-opt');

// dist/bin/manifold.js
const packageRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { main } = await import('./main.ts');
await main(packageRoot);
