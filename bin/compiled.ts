import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import type { main } from './main.ts';

/** What a start of the program calls. */
export interface Program {
  readonly main: typeof main;
}

/** The files that the build keeps in a folder: a program as one script, and what V8 made of it when a command ran. */
export function compiledFiles(
  folder: string,
  command: string,
): { readonly script: string; readonly code: string } {
  const script = join(folder, command === 'sync' ? 'sync.cjs' : 'main.cjs');
  // The tag says all that the code depends on: Node, its flags, the processor.
  return { script, code: join(folder, `${command}-${cachedDataVersionTag()}.bin`) };
}

/** The script, made ready to run; `code` saves V8 to compile it. */
export function readScript(file: string, code?: Buffer): { readonly script: Script; run(): Program } {
  // The build writes nothing but ASCII, and this is the fastest way to read it.
  const script = new Script(readFileSync(file, 'latin1'), {
    filename: file,
    ...(code !== undefined && { cachedData: code }),
  });
  return { script, run: () => script.runInThisContext()(createRequire(file), pathToFileURL(file).href) };
}

/** The program, where a build with this very Node has kept its code; undefined elsewhere, where it is loaded as modules. */
export function compiledProgram(folder: string, command: string): Program | undefined {
  const files = compiledFiles(folder, command);
  let code: Buffer;
  try {
    code = readFileSync(files.code);
  } catch {
    return undefined;
  }
  const { script, run } = readScript(files.script, code);
  return script.cachedDataRejected === true ? undefined : run();
}
