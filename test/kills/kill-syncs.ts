import { liveOn } from '../intercom-api/live-on.ts';
import { differencesOf, killedStreams } from './killed-streams.ts';
import { randomMoment, type Sizes, startWorkspace } from './living-workspace.ts';
import { openPlace, type Place } from './places.ts';
import { isStopped, runAndStop, type StopSignal } from './run-and-stop.ts';

export interface KillOptions {
  /** dist/bin/manifold.js */
  readonly manifold: string;
  readonly place: Omit<Place, 'close'>;
  /** How many syncs are ended. */
  readonly times: number;
  /** What ends them: without warning, or so that they end themselves. */
  readonly signal?: StopSignal;
  readonly sizes?: Sizes;
  readonly say?: (text: string) => void;
}

/**
 * Ends syncs at random moments while the workspace lives on, lets one come to its end, and compares the tables with what
 * a first sync of the same workspace reads. Says which rows differ.
 */
export async function killSyncs({
  manifold,
  place,
  times,
  signal = 'SIGKILL',
  sizes,
  say,
}: KillOptions): Promise<string[]> {
  const workspace = await startWorkspace(sizes);
  const { api, config } = workspace;
  const streams = Object.keys(killedStreams);
  const fresh = await openPlace.folder();

  /** How many requests a whole sync makes: of everything, or of what is new. */
  const requests = { all: 0, news: 0 };

  /** Milliseconds from a signal to the end, at most. */
  let slowest = 0;

  /** Whether it was stopped. */
  async function sync(
    to: string,
    flags: readonly string[],
    mayBeStopped?: 'may be stopped',
  ): Promise<boolean> {
    const argv = [manifold, 'sync', '--config', config, '--to', to, '--streams', streams.join(','), ...flags];
    const before = workspace.asked();
    const kind = before === 0 || flags.includes('--full-refresh') ? 'all' : 'news';
    const stop = mayBeStopped && { ...randomMoment(workspace, requests[kind]), signal };
    const ended = await runAndStop(argv, stop);
    const stopped = isStopped(ended, signal);
    if (!stopped && ended.how !== 0) throw new Error(`The sync ended with ${ended.how}:\n${ended.stderr}`);
    if (stopped) slowest = Math.max(slowest, ended.afterSignal ?? 0);
    else requests[kind] = workspace.asked() - before;
    return stopped;
  }

  const problems: string[] = [];
  try {
    const often = [...place.flags, '--commit-every', '0.2'];
    await sync(place.to, often);
    liveOn(api.workspace, 0);
    await sync(place.to, often);
    let stopped = 0;
    for (let round = 1; stopped < times; round += 1) {
      liveOn(api.workspace, round);
      const flags = [...often, ...(Math.random() < 0.5 ? ['--full-refresh'] : [])];
      if (await sync(place.to, flags, 'may be stopped')) stopped += 1;
      const found = (await place.problems?.()) ?? [];
      problems.push(...found.map((problem) => `round ${round}: ${problem}`));
      if (stopped % 10 === 0)
        say?.(
          `${place.to}, ${signal}: ${stopped} of ${round} stopped, the slowest in ${Math.round(slowest)} ms, ${problems.length} problems\n`,
        );
    }
    liveOn(api.workspace, 1_000_000);
    await sync(place.to, place.flags);
    await sync(fresh.to, []);
    for (const stream of streams) {
      const [expected, found] = [await fresh.rows(stream), await place.rows(stream)];
      say?.(`${stream}: ${expected.length} expected, ${found.length} found\n`);
      problems.push(...differencesOf(stream, expected, found));
    }
    return problems;
  } finally {
    await fresh.close();
    await workspace.close();
  }
}
