import { liveOn } from '../intercom-api/live-on.ts';
import { differencesOf, killedStreams } from './killed-streams.ts';
import { type Sizes, startWorkspace } from './living-workspace.ts';
import { openPlace, type Place } from './places.ts';
import { runAndStop } from './run-and-stop.ts';

export interface KillOptions {
  /** dist/bin/manifold.js */
  readonly manifold: string;
  readonly place: Omit<Place, 'close'>;
  /** How many syncs are killed. */
  readonly times: number;
  readonly sizes?: Sizes;
  readonly say?: (text: string) => void;
}

/**
 * Kills syncs at random moments while the workspace lives on, lets one come to its end, and compares the tables with what
 * a first sync of the same workspace reads. Says which rows differ.
 */
export async function killSyncs({ manifold, place, times, sizes, say }: KillOptions): Promise<string[]> {
  const workspace = await startWorkspace(sizes);
  const { api, config } = workspace;
  const streams = Object.keys(killedStreams);
  const fresh = await openPlace.folder();

  /** Milliseconds that it took, and whether it was killed. */
  async function sync(
    to: string,
    flags: readonly string[],
    killAfter?: number,
  ): Promise<{ readonly took: number; readonly wasKilled: boolean }> {
    const argv = [manifold, 'sync', '--config', config, '--to', to, '--streams', streams.join(','), ...flags];
    const stop = killAfter === undefined ? undefined : ({ after: killAfter, signal: 'SIGKILL' } as const);
    const { how, stderr, milliseconds } = await runAndStop(argv, stop);
    if (how !== 'SIGKILL' && how !== 0) throw new Error(`The sync ended with ${how}:\n${stderr}`);
    return { took: milliseconds, wasKilled: how === 'SIGKILL' };
  }

  const problems: string[] = [];
  try {
    const often = [...place.flags, '--commit-every', '0.2'];
    const whole = await sync(place.to, often);
    let killed = 0;
    for (let round = 1; killed < times; round += 1) {
      liveOn(api.workspace, round);
      const flags = [...often, ...(Math.random() < 0.5 ? ['--full-refresh'] : [])];
      const { wasKilled } = await sync(place.to, flags, 100 + Math.random() * whole.took);
      if (wasKilled) killed += 1;
      const found = (await place.problems?.()) ?? [];
      problems.push(...found.map((problem) => `round ${round}: ${problem}`));
      if (killed % 10 === 0)
        say?.(`${place.to}: ${killed} of ${round} killed, ${problems.length} problems\n`);
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
