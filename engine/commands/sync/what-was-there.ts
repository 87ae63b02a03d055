import type { Destination } from '../../destinations/destination.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { quotedList } from '../../util/text/quoted-list.ts';

/** What is told of the records that a destination has, before any comes: sentences. `names` are all streams of the connector. */
export function whatBecomesOf(
  { startsOver, holds }: Destination,
  names: readonly string[],
): readonly string[] {
  const gone = holds.filter((stream) => !names.includes(stream));
  if (gone.length === 0) return startsOver;
  const [what, them] = gone.length === 1 ? ['stream', 'it'] : ['streams', 'them'];
  return [
    ...startsOver,
    `INFO The connector has no ${what} ${quotedList(gone)} any more: what was read of ${them} stays as it is.`,
  ];
}

/**
 * Throws ConnectorError (config_error) where what is read from a date on would be put in the place of all that is there.
 */
export function refuseSince({ startsOver }: Pick<Destination, 'startsOver'>): void {
  if (startsOver.length === 0) return;
  throw new ConnectorError(`${startsOver.join('\n')}\nSync once without --since for that.`, {
    kind: 'config_error',
  });
}

/** How a sync that was stopped goes on. */
export function whatComesNext({ startsOver }: Destination, fullRefresh: boolean): string {
  if (startsOver.length === 0) return 'The next sync goes on from here.';
  const next = fullRefresh ? 'a sync with --full-refresh' : 'the next sync';
  return `Streams that did not come to their end are as they were before; ${next} reads them from the beginning again.`;
}
