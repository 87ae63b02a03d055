import * as z from 'zod';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Place } from '../../error/place.ts';
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

/** The API's words, with what each of them means. A word can mean only one thing. */
export function statusesOf(
  { running, completed, failed, timeout, skipped }: z.output<ReturnType<typeof statusMapping>>,
  place: Place,
): ReadonlyMap<string, JobStatus> {
  const statuses = new Map<string, JobStatus>();
  for (const [status, names] of Object.entries({ running, completed, failed, timeout, skipped })) {
    for (const name of names ?? []) {
      const known = statuses.get(name);
      if (known !== undefined) {
        throw new ConnectorError(
          `"status_mapping" lists "${name}" twice, as "${known}" and as "${status}".`,
          {
            kind: 'config_error',
            nodes: [place],
          },
        );
      }
      statuses.set(name, status as JobStatus);
    }
  }
  return statuses;
}
