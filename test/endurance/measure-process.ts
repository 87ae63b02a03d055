import { readdirSync, readFileSync } from 'node:fs';

/** What a process holds: bytes of memory now and at most, open files and sockets. Linux only. */
export interface Held {
  readonly memory: number;
  readonly peak: number;
  readonly files: number;
}

export function heldBy(pid: number): Held {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return {
    memory: kilobytes('VmRSS') * 1024,
    peak: kilobytes('VmHWM') * 1024,
    files: readdirSync(`/proc/${pid}/fd`).length,
  };
}

export function told({ memory, peak, files }: Held): string {
  const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
  return `${megabytes(memory)} now, ${megabytes(peak)} at most, ${files} open files`;
}
