import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** What a whole process cost: seconds, bytes. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
  readonly peak: number;
  readonly lines: number;
  readonly exitCode: number | null;
  /** The beginning of what it wrote to stderr. */
  readonly said: string;
}

/** A way to run an engine so that it reports its own cost, as JSON on file descriptor 3, when it ends. */
export interface Engine {
  readonly name: string;
  readonly command: (args: readonly string[]) => readonly [file: string, ...args: string[]];
  /** It does not report: what its process took of the machine is not known. */
  readonly isSilent?: boolean;
}

// The figures of a process hold those of its threads.
const tellNode = `if (process.getBuiltinModule('worker_threads').isMainThread) process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.getBuiltinModule('fs').writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS * 1024 }));
})`;

const tellPython = `
import atexit, json, os, resource, sys
def tell():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    os.write(3, json.dumps({"cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss * 1024}).encode())
atexit.register(tell)
from airbyte_cdk.cli.source_declarative_manifest._run import handle_command
handle_command(sys.argv[1:])
`;

const nodeOptions = ['--import', `data:text/javascript,${encodeURIComponent(tellNode)}`];

export function nodeEngine(name: string, entry: readonly string[]): Engine {
  return { name, command: (args) => [process.execPath, ...nodeOptions, ...entry, ...args] };
}

export function pythonEngine(python: string): Engine {
  return { name: 'CDK', command: (args) => [python, '-c', tellPython, ...args] };
}

/** Any other executable that takes the same flags, words separated by spaces. Only a Node script tells its own CPU. */
export function commandEngine(command: string): Engine {
  const [file = '', ...words] = command.split(/\s+/).filter(Boolean);
  if (file === 'node') return nodeEngine(words.join(' '), words);
  return { name: command, command: (args) => [file, ...words, ...args], isSilent: true };
}

/** Runs it to the end, reading its output as fast as it comes. */
export async function runProcess(engine: Engine, args: readonly string[]): Promise<Cost> {
  const [file, ...rest] = engine.command(args);
  const start = process.hrtime.bigint();
  const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  let lines = 0;
  let told = '';
  let said = '';
  const [, stdout, stderr, tell] = child.stdio as unknown as readonly [null, Readable, Readable, Readable];
  stdout.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
  });
  stderr.on('data', (chunk: Buffer) => {
    if (said.length < 2000) said += chunk;
  });
  tell.on('data', (chunk: Buffer) => {
    told += chunk;
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (engine.isSilent === true) return { wall, lines, exitCode, said, cpu: Number.NaN, peak: Number.NaN };
  if (told === '') throw new Error(`${engine.name} ${args[0]} ended with ${exitCode}: ${said}`);
  return { wall, lines, exitCode, said, ...(JSON.parse(told) as { cpu: number; peak: number }) };
}
