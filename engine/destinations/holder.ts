import { hostname } from 'node:os';

/** The process that something on the disk belongs to. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
}

/** This one. */
export function ownHolder(): Holder {
  return { pid: process.pid, host: hostname() };
}

/** Whether a process of another machine still runs cannot be known: it counts as running. */
export function isRunning({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
