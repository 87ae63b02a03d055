import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { ConnectorError } from '../../error/connector-error.ts';
import type { HelperResult, Helpers, HelperTask } from './helpers.ts';
import { createSharedWork } from './shared-work.ts';
import type { TestCommandOptions } from './test-run.ts';
import type { Testable } from './testables.ts';

/** More tests than anyone writes. */
const manyTests = 1_000_000;

/** Each thread keeps an engine of its own in memory, some 250 MB at work. */
const mostThreads = 4;

/** A thread is ready after as long as it takes to test so many manifests. */
const worthwhileManifests = 4;

/** Bytes of a test file: below, its tests are over before another thread is ready. */
const worthwhileTests = 100_000;

/** How many threads beside this one have enough to do. Throws ConnectorError (config_error) for a wrong `--workers`. */
export function countHelpers(
  testables: readonly Testable[],
  options: TestCommandOptions,
  cores = availableParallelism(),
): number {
  const { workers, update, mutate, watch, grep } = options;
  if (workers !== undefined && !/^[1-9]\d?$/.test(workers))
    throw new ConnectorError(`--workers is a number from 1 to 99, not "${workers}".`, {
      kind: 'config_error',
    });
  // They need what came out of a test, which stays in its thread.
  if (update === true || mutate === true || watch === true) return 0;
  const [only, ...others] = testables;
  const useful =
    others.length > 0
      ? Math.ceil(testables.length / worthwhileManifests)
      : grep === undefined && sizeOf(only?.testFile) >= worthwhileTests
        ? mostThreads
        : 1;
  const wanted = workers === undefined ? Math.min(useful, mostThreads, cores) : Number(workers);
  return Math.max(wanted, 1) - 1;
}

function sizeOf(path: string | undefined): number {
  return path === undefined ? 0 : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
}

/** Starts threads that run `module`. The pieces are the manifests or, where there is one, its tests. */
export async function startHelpers(
  module: string,
  testables: readonly Testable[],
  options: TestCommandOptions,
  count: number,
  left?: readonly number[],
): Promise<Helpers> {
  const { Worker } = await import('node:worker_threads');
  const pieces = testables.length > 1 ? testables.length : manyTests;
  const work = createSharedWork(pieces, count);
  const workers = Array.from({ length: count }, (_, thread) => {
    const workerData: HelperTask = { testables, left, options, memory: work.memory, pieces, thread };
    const worker = new Worker(module, { workerData });
    return { worker, thread, result: resultOf(worker) };
  });
  return {
    work,
    results() {
      const busy = workers.filter(({ thread }) => work.hasJoined(thread));
      return Promise.all(busy.map(({ result }) => result));
    },
    async close() {
      await Promise.all(workers.map(({ worker }) => worker.terminate()));
    },
  };
}

function resultOf(worker: Worker): Promise<HelperResult> {
  const result = new Promise<HelperResult>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`A thread that tests has ended with ${code}.`)));
  });
  // Who waits for it is told; nobody need wait for one that came too late.
  result.catch(() => {});
  return result;
}
