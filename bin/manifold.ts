#!/usr/bin/env node
import * as nodeModule from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledProgram, type Program } from './compiled.ts';
import { readProtocolArguments } from './protocol-arguments.ts';
import { setStartFlags } from './start-flags.ts';
import { holdYoungGeneration } from './young-generation.ts';

// dist/bin/manifold.js
const packageRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

function loadProgram(): Program | Promise<Program> {
  const compiled = isCompiled ? compiledProgram(join(packageRoot, 'dist/compiled'), command) : undefined;
  if (compiled !== undefined) return compiled;
  // Node itself keeps compiled code from one start to the next if it can (22.8 and later), of what is loaded after this.
  nodeModule.enableCompileCache?.();
  return import('./main.ts');
}

const args = process.argv.slice(2);
const [command = ''] = args;
const isSync = command === 'sync';
/** The script has all of it; hooks are modules, which use what modules have loaded. */
const isCompiled =
  readProtocolArguments(args) !== undefined || (isSync && !args.some((arg) => arg.startsWith('--hooks')));
setStartFlags(command);
// Node ends with this code, and without a word, when what is waited for can never come.
process.once('exit', () => {
  if (process.exitCode === 13)
    process.stderr.write(
      'manifold has ended before it was done, for it waits for something that cannot come. This is a fault of manifold: please report it, with the manifest.\n',
    );
});
if (command === 'read' || isSync) holdYoungGeneration();
const { main } = await loadProgram();
await main(packageRoot);
// All is closed: the system takes the memory back at once, where Node would free it piece by piece. What is written may still
// wait for a slow reader.
if (isCompiled) process.stdout.write('', () => process.stderr.write('', () => process.exit()));
