import { liveOn } from '../intercom-api/live-on.ts';
import { differencesOf, killedStreams } from './killed-streams.ts';
import { randomMoment, type Sizes, startWorkspace } from './living-workspace.ts';
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

  /** How many requests a whole sync makes. */
  let requests = 0;

  /** Whether it was killed. */
  async function sync(to: string, flags: readonly string[], mayBeKilled?: 'may be killed'): Promise<boolean> {
    const argv = [manifold, 'sync', '--config', config, '--to', to, '--streams', streams.join(','), ...flags];
    const before = workspace.asked();
    const stop = mayBeKilled && { ...randomMoment(workspace, requests), signal: 'SIGKILL' as const };
    const { how, stderr } = await runAndStop(argv, stop);
    if (how !== 'SIGKILL' && how !== 0) throw new Error(`The sync ended with ${how}:\n${stderr}`);
    if (how === 0) requests = workspace.asked() - before;
    return how === 'SIGKILL';
  }

  const problems: string[] = [];
  try {
    const often = [...place.flags, '--commit-every', '0.2'];
    await sync(place.to, often);
    let killed = 0;
    for (let round = 1; killed < times; round += 1) {
      liveOn(api.workspace, round);
      const flags = [...often, ...(Math.random() < 0.5 ? ['--full-refresh'] : [])];
      if (await sync(place.to, flags, 'may be killed')) killed += 1;
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
