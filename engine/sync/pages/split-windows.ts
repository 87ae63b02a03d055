import type { Cursor, RequestWindowSplitting } from '../../contract/families.ts';
import type { Log } from '../../contract/scope.ts';
import type { Page, Slice } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { RejectedPageError } from '../../http/send/rejected-page-error.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';

/** Halves of halves end here, whatever the cursor says. */
const deepest = 10;

export interface WindowSplits {
  readonly stream: string;
  readonly splitting: RequestWindowSplitting;
  readonly cursor: Cursor | undefined;
  readonly log: Log;
  readonly read: (slice: Slice) => AsyncIterable<Page>;
}

/**
 * The pages of a slice. When the API finds its window too large, the window is read in two halves, one after the other,
 * and these likewise. What had been read of the window before is read again.
 */
export function readSplitting(splits: WindowSplits, slice: Slice): AsyncIterable<Page> {
  const { stream, splitting, cursor, log, read } = splits;

  async function* readWindow(window: Slice, depth: number): AsyncGenerator<Page> {
    let count = 0;
    let halves: readonly [Slice, Slice];
    try {
      for await (const page of read(window)) {
        count += page.records.length;
        yield page;
      }
      return;
    } catch (error) {
      if (!isTooLarge(error) || cursor?.splitWindow === undefined) throw error;
      if (count > 0) warnOfRepetition(window, count);
      if (depth >= deepest) throw exhausted(`is one of many that were split ${deepest} times`, window, error);
      const found = cursor.splitWindow(window, splitting.minimum);
      if (found === undefined) throw exhausted('cannot be split any further', window, error);
      halves = found;
    }
    log(
      'INFO',
      `The API asks for a smaller window of stream "${stream}" than ${textOf(window)}: it is read in two halves.`,
    );
    for (const half of halves) yield* readWindow(half, depth + 1);
  }

  function warnOfRepetition(window: Slice, count: number): void {
    const told = `The API refused the window ${textOf(window)} of stream "${stream}" after ${count} records`;
    log('WARN', `${told}; they are read again.`);
  }

  function exhausted(why: string, window: Slice, { reason }: RejectedPageError): ConnectorError {
    const parts = [
      `The API refuses the window ${textOf(window)} of stream "${stream}", which ${why}.`,
      reason && `The API said: ${reason}`,
      splitting.failureMessage?.trim(),
    ];
    return new ConnectorError(parts.filter(Boolean).join(' '), { kind: 'transient_error' });
  }

  return readWindow(slice, 0);
}

function textOf({ cursor }: Slice): string {
  return toJsonText(cursor);
}

function isTooLarge(error: unknown): error is RejectedPageError {
  return error instanceof RejectedPageError && error.action === 'SPLIT_REQUEST_WINDOW';
}
