import type { Slice } from '../../../../engine/contract/slice.ts';
import { ConnectorError } from '../../../../engine/error/connector-error.ts';
import {
  type Job,
  type JobApi,
  type JobSettings,
  type JobStatus,
  runJob,
  streamFailed,
  UnknownStatusError,
} from '../../../../engine/sync/jobs/async-job.ts';
import { createJobQueue } from '../../../../engine/sync/jobs/async-job-queue.ts';
import { createSemaphore } from '../../../../engine/util/flow/semaphore.ts';
import { testResponse } from '../../../kit/response.ts';
import { fakeClock } from '../../../kit/scope.ts';

const never = new AbortController().signal;
const response = testResponse({ body: {} });

type Answer = JobStatus | Error;

/** An API whose jobs go through the given states, one list per creation; a creation may be an error. */
function scripted(...creations: (Answer[] | Error)[]) {
  const calls: string[] = [];
  const states = new Map<Job, Answer[]>();
  const api: JobApi = {
    async start(slice) {
      calls.push(`start ${name(slice)}`);
      const next = creations.shift() ?? ['completed'];
      if (next instanceof Error) throw next;
      const job = { slice, creation: {} };
      states.set(job, next);
      return job;
    },
    async poll(job) {
      calls.push(`poll ${name(job.slice)}`);
      const answers = states.get(job) as Answer[];
      const status = answers.length > 1 ? (answers.shift() as Answer) : (answers[0] as Answer);
      if (status instanceof Error) throw status;
      return { status, response };
    },
    async abort(job) {
      calls.push(`abort ${name(job.slice)}`);
    },
  };
  return { api, calls };
}

function slice(id: string): Slice {
  return { partition: { id }, cursor: {}, extraFields: {} };
}

function name({ partition }: Slice): string {
  return String(partition.id);
}

function settings(overrides: Partial<Omit<JobSettings, 'clock'>> = {}) {
  const clock = fakeClock();
  const logs: string[] = [];
  return {
    stream: 'reports',
    clock,
    log: (_level: string, message: string) => void logs.push(message),
    timeout: 60_000,
    failedRetryWait: undefined,
    logs,
    ...overrides,
  };
}

describe('runJob', () => {
  it('asks every five seconds until the job is completed', async () => {
    const { api, calls } = scripted(['running', 'running', 'completed']);
    const given = settings();
    const result = await runJob(slice('a'), api, given, never);
    expect(result.status).toBe('completed');
    expect(calls).toEqual(['start a', 'poll a', 'poll a', 'poll a']);
    expect(given.clock.sleeps).toEqual([5000, 5000]);
  });

  it('makes a failed job again', async () => {
    const { api, calls } = scripted(['failed'], ['completed']);
    expect((await runJob(slice('a'), api, settings(), never)).status).toBe('completed');
    expect(calls).toEqual(['start a', 'poll a', 'start a', 'poll a']);
  });

  it('waits as long as told before it makes a failed job again', async () => {
    const given = settings({ failedRetryWait: 30_000 });
    await runJob(slice('a'), scripted(['failed'], ['completed']).api, given, never);
    expect(given.clock.sleeps).toEqual([30_000]);
  });

  it('does not wait longer after a creation that failed', async () => {
    const given = settings({ failedRetryWait: 30_000 });
    await runJob(slice('a'), scripted(new Error('429'), ['completed']).api, given, never);
    expect(given.clock.sleeps).toEqual([5000]);
  });

  it('gives up after three attempts and says why', async () => {
    const { api, calls } = scripted(['failed'], ['failed'], ['failed']);
    await expect(runJob(slice('a'), api, settings(), never)).rejects.toThrow(/"reports" was tried 3 times/);
    expect(calls.filter((call) => call === 'start a')).toHaveLength(3);
  });

  it('aborts a job that takes too long, each time', async () => {
    const { api, calls } = scripted(['running'], ['running'], ['running']);
    const given = settings({ timeout: 8000 });
    await expect(runJob(slice('a'), api, given, never)).rejects.toThrow(/longer than/);
    expect(calls.filter((call) => call === 'abort a')).toHaveLength(3);
  });

  it('aborts and makes again a job that the API has timed out', async () => {
    const { api, calls } = scripted(['timeout'], ['completed']);
    await runJob(slice('a'), api, settings(), never);
    expect(calls).toEqual(['start a', 'poll a', 'abort a', 'start a', 'poll a']);
  });

  it('has nothing to hand on for a skipped job', async () => {
    expect(await runJob(slice('a'), scripted(['skipped']).api, settings(), never)).toEqual({
      status: 'skipped',
    });
  });

  it('never repeats a creation after a config error', async () => {
    const { api, calls } = scripted(new ConnectorError('no permission', { kind: 'config_error' }));
    await expect(runJob(slice('a'), api, settings(), never)).rejects.toThrow('no permission');
    expect(calls).toEqual(['start a']);
  });

  it('goes on after a question without an answer, and gives up after three', async () => {
    const recovering = scripted([new Error('reset'), 'completed']);
    expect((await runJob(slice('a'), recovering.api, settings(), never)).status).toBe('completed');
    const silent = scripted([new Error('reset')]);
    await expect(runJob(slice('b'), silent.api, settings(), never)).rejects.toThrow('reset');
    expect(silent.calls).toEqual(['start b', 'poll b', 'poll b', 'poll b', 'abort b']);
  });

  it('does not ask again about a state with an unknown name', async () => {
    const { api, calls } = scripted([new UnknownStatusError('"PAUSED"?')]);
    await expect(runJob(slice('a'), api, settings(), never)).rejects.toThrow('PAUSED');
    expect(calls).toEqual(['start a', 'poll a']);
  });

  it('aborts a running job when its stream has failed', async () => {
    const stop = new AbortController();
    const { api, calls } = scripted(['running']);
    const given = settings();
    const sleep = async (_ms: number, signal?: AbortSignal) => {
      stop.abort(streamFailed);
      signal?.throwIfAborted();
    };
    const run = runJob(slice('a'), api, { ...given, clock: { now: () => 0, sleep } }, stop.signal);
    await expect(run).rejects.toBe(streamFailed);
    expect(calls).toEqual(['start a', 'poll a', 'abort a']);
  });
});

describe('createJobQueue', () => {
  async function* slices(...names: string[]) {
    for (const each of names) yield slice(each);
  }

  function queue(api: JobApi, limit: number) {
    return createJobQueue({ api, settings: settings(), places: createSemaphore(limit), limit });
  }

  async function collect(items: AsyncIterable<Slice>): Promise<string[]> {
    const names: string[] = [];
    for await (const item of items) names.push(name(item));
    return names;
  }

  it('hands slices on when their jobs are over', async () => {
    const { api } = scripted(['running', 'running', 'completed'], ['completed']);
    expect(await collect(queue(api, 2).run(slices('slow', 'fast')))).toEqual(['fast', 'slow']);
  });

  it('never runs more jobs at once than allowed', async () => {
    let running = 0;
    let most = 0;
    const api: JobApi = {
      async start(each) {
        most = Math.max(most, ++running);
        return { slice: each, creation: {} };
      },
      async poll() {
        await new Promise(setImmediate);
        running--;
        return { status: 'completed', response };
      },
      async abort() {},
    };
    expect(await collect(queue(api, 3).run(slices(...'abcdefgh')))).toHaveLength(8);
    expect(most).toBe(3);
  });

  it('leaves out slices without data', async () => {
    const { api } = scripted(['skipped'], ['completed']);
    expect(await collect(queue(api, 1).run(slices('empty', 'full')))).toEqual(['full']);
  });

  it('fails a slice alone when its job failed', async () => {
    const { api } = scripted(['failed'], ['failed'], ['failed'], ['completed']);
    const jobs = queue(api, 1);
    const seen: Slice[] = [];
    for await (const each of jobs.run(slices('bad', 'good'))) seen.push(each);
    expect(seen.map(name)).toEqual(['bad', 'good']);
    await expect(jobs.result(seen[0] as Slice)).rejects.toThrow('tried 3 times');
    expect((await jobs.result(seen[1] as Slice)).status).toBe('completed');
  });

  it('stops everything at a config error', async () => {
    const { api, calls } = scripted(new ConnectorError('no permission', { kind: 'config_error' }));
    await expect(collect(queue(api, 1).run(slices('a', 'b')))).rejects.toThrow('no permission');
    expect(calls).toEqual(['start a']);
  });

  it('starts no more jobs once nobody reads', async () => {
    const { api, calls } = scripted();
    for await (const _slice of queue(api, 1).run(slices(...'abcdefgh'))) break;
    const started = calls.filter((call) => call.startsWith('start'));
    expect(started[0]).toBe('start a');
    expect(started.length).toBeLessThan(8);
  });

  it('runs the job of a slice that it has not seen', async () => {
    const { api, calls } = scripted(['completed']);
    expect((await queue(api, 1).result(slice('a'))).status).toBe('completed');
    expect(calls).toEqual(['start a', 'poll a']);
  });
});
