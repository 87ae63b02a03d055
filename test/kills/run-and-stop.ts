import { spawn } from 'node:child_process';

export interface Stopped {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code, or the signal that ended it. */
  readonly how: number | NodeJS.Signals | null;
  readonly milliseconds: number;
  /** From the signal to the end; undefined when it ended before. */
  readonly afterSignal: number | undefined;
}

/** When a program is stopped: at a moment that is waited for, and so many milliseconds later. */
export interface Stop {
  readonly when: Promise<void>;
  readonly after: number;
  readonly signal: NodeJS.Signals;
}

/** What ends a program at once, and what asks it to end. */
export type StopSignal = 'SIGKILL' | 'SIGTERM' | 'SIGINT';

const exitCodes = { SIGTERM: 143, SIGINT: 130 };

/** Whether it ended because of the signal, with the code that says so. One that comes before the program listens ends it as any other. */
export function isStopped({ how }: Stopped, signal: StopSignal): boolean {
  return how === signal || (signal !== 'SIGKILL' && how === exitCodes[signal]);
}

/** Runs the program, and sends it a signal unless it has come to its end by then. */
export async function runAndStop(argv: readonly string[], stop?: Stop): Promise<Stopped> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on('data', (chunk) => said.stdout.push(chunk));
  child.stderr.on('data', (chunk) => said.stderr.push(chunk));
  const ended = new Promise<Stopped['how']>((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? code)),
  );
  let stoppedAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  stop?.when.then(() => {
    timer = setTimeout(() => {
      stoppedAt = performance.now();
      child.kill(stop.signal);
    }, stop.after);
  });
  const how = await ended;
  clearTimeout(timer);
  const now = performance.now();
  return {
    stdout: Buffer.concat(said.stdout).toString(),
    stderr: Buffer.concat(said.stderr).toString(),
    how,
    milliseconds: now - startedAt,
    afterSignal: stoppedAt === undefined ? undefined : now - stoppedAt,
  };
}
