import * as z from 'zod';
import type { Finding } from '../../language/finding.ts';
import type { JobStatus } from '../../sync/jobs/async-job.ts';

const words = () => z.array(z.string());

export const statusMapping = () =>
  z.object({
    type: z.literal('AsyncJobStatusMap').optional(),
    running: words().describe('The job is still at work.'),
    completed: words().describe('The result can be downloaded.'),
    failed: words().describe('The job is to be made again.'),
    timeout: words().describe('The API gave the job up; it is to be made again.'),
    skipped: words().nullish().describe('There is nothing to download.'),
  });

type StatusMapping = z.output<ReturnType<typeof statusMapping>>;

/** The API's words, with what each of them means. */
export function statusesOf(mapping: StatusMapping): ReadonlyMap<string, JobStatus> {
  return new Map(wordsOf(mapping).map(({ word, status }) => [word, status]));
}

/** A word can mean only one thing. */
export function* repeatedWords(mapping: StatusMapping): Iterable<Finding> {
  const known = new Map<string, JobStatus>();
  for (const { word, status, index } of wordsOf(mapping)) {
    const before = known.get(word);
    known.set(word, before ?? status);
    if (before === undefined) continue;
    yield {
      message: `"status_mapping" lists "${word}" twice, as "${before}" and as "${status}".`,
      at: ['status_mapping', status, index],
    };
  }
}

function wordsOf({ running, completed, failed, timeout, skipped }: StatusMapping) {
  const byStatus = { running, completed, failed, timeout, skipped: skipped ?? [] };
  const statuses = Object.keys(byStatus) as (keyof typeof byStatus)[];
  return statuses.flatMap((status) => byStatus[status].map((word, index) => ({ word, status, index })));
}
