import { ApiError } from './error-list.ts';
import type { JsonObject } from './rows.ts';

export type ExportKind = 'content' | 'reporting';

export interface ExportJob {
  readonly id: string;
  readonly kind: ExportKind;
  readonly request: JsonObject;
  /** Milliseconds. */
  readonly startedAt: number;
  canceled: boolean;
}

export type ExportStatus = 'pending' | 'in_progress' | 'complete' | 'canceled';

/** The jobs of an app. One takes `workMs` by the clock: a third of it pending, the rest in progress. */
export interface ExportJobs {
  start(kind: ExportKind, request: JsonObject, now: number): ExportJob;
  find(kind: ExportKind, id: string): ExportJob | undefined;
  status(job: ExportJob, now: number): ExportStatus;
  /** Milliseconds; after two days there is nothing to download any more. */
  expiresAt(job: ExportJob): number;
}

const keptMs = 2 * 86_400_000;
const most: Record<ExportKind, { readonly jobs: number; readonly name: string }> = {
  content: { jobs: 1, name: 'pending message data export jobs' },
  reporting: { jobs: 5, name: 'pending reporting dataset export jobs' },
};

export function createExportJobs(workMs: number, nextId: () => string): ExportJobs {
  const jobs = new Map<string, ExportJob>();
  const status = (job: ExportJob, now: number): ExportStatus => {
    if (job.canceled) return 'canceled';
    const spent = now - job.startedAt;
    if (spent >= workMs) return 'complete';
    return spent * 3 < workMs ? 'pending' : 'in_progress';
  };
  return Object.freeze({
    start(kind: ExportKind, request: JsonObject, now: number) {
      const active = [...jobs.values()].filter(
        (job) => job.kind === kind && !['complete', 'canceled'].includes(status(job, now)),
      );
      if (active.length >= most[kind].jobs) {
        const message = `Exceeded rate limit of ${most[kind].jobs} ${most[kind].name}`;
        throw new ApiError(429, 'rate_limit_exceeded', message);
      }
      const job = { id: nextId(), kind, request, startedAt: now, canceled: false };
      jobs.set(job.id, job);
      return job;
    },
    find(kind: ExportKind, id: string) {
      const job = jobs.get(id);
      return job?.kind === kind ? job : undefined;
    },
    status,
    expiresAt: (job: ExportJob) => job.startedAt + workMs + keptMs,
  });
}
