import type { PageSizeReduction } from '../../contract/families.ts';
import type { Log } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Clock } from '../../time/clock.ts';

export interface PageSizes {
  /** The page size to ask for; undefined while it is the paginator's own. */
  current(): number | undefined;
  /**
   * Waits, and makes the next page smaller; at the least size it only waits. Throws ConnectorError when neither is
   * allowed any more. `reason` is what the error handler said.
   */
  reduce(reason: string | undefined, signal: AbortSignal | undefined): Promise<void>;
  /** A page was read. */
  succeeded(): void;
}

export interface PageSizesOptions {
  readonly stream: string;
  readonly reduction: PageSizeReduction;
  /** The page size of the paginator. */
  readonly pageSize: number | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** The page size of one slice. It gets smaller whenever the API asks for smaller pages. */
export function createPageSizes({ stream, reduction, pageSize, clock, log }: PageSizesOptions): PageSizes {
  const { factor, minimum, maxAttempts, backoffSeconds, retriesAtMinimum } = reduction;
  let reduced: number | undefined;
  // Since the last page that could be read.
  let reductions = 0;
  let retries = 0;

  function exhausted(message: string, reason: string | undefined): ConnectorError {
    const parts = [message, reason && `The API said: ${reason}`, reduction.failureMessage?.trim()];
    return new ConnectorError(parts.filter(Boolean).join(' '), { kind: 'transient_error' });
  }

  function wait(seconds: number, what: string, signal: AbortSignal | undefined): Promise<void> {
    log('INFO', `The API asks for a smaller page of stream "${stream}": ${what} in ${seconds} seconds.`);
    return clock.sleep(seconds * 1000, signal);
  }

  async function retry(
    size: number,
    reason: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (retries < retriesAtMinimum) {
      retries += 1;
      await wait(backoffSeconds * retries, `the same one of ${size} records is requested again`, signal);
      return;
    }
    if (reduced === undefined && minimum > 1) {
      throw new ConnectorError(
        `The page size of stream "${stream}" is ${size}, and "minimum_page_size" is ${minimum}, so no smaller page can be requested.`,
        { kind: 'config_error' },
      );
    }
    throw exhausted(
      `The API refuses pages of stream "${stream}" even with ${size} records each, and no smaller ones may be requested.`,
      reason,
    );
  }

  return {
    current: () => reduced,
    async reduce(reason, signal) {
      const size = reduced ?? pageSize;
      if (size === undefined) {
        throw new ConnectorError(
          `Pages of stream "${stream}" cannot get smaller, because its paginator has no page size.`,
          { kind: 'config_error' },
        );
      }
      const smaller = Math.max(minimum, floorDivide(size, factor));
      if (smaller >= size) return retry(size, reason, signal);
      reductions += 1;
      if (reductions > maxAttempts) {
        throw exhausted(
          `The API refuses pages of stream "${stream}" of every size that was tried, down to ${size} records.`,
          reason,
        );
      }
      reduced = smaller;
      await wait(backoffSeconds * reductions, `${smaller} records instead of ${size} are requested`, signal);
    },
    succeeded() {
      reductions = 0;
      retries = 0;
      if (reduction.isRestoredAfterPage) reduced = undefined;
    },
  };
}

/** The exact quotient, cut off; the rounded one may be a whole number too large. */
function floorDivide(dividend: number, divisor: number): number {
  return Math.round((dividend - (dividend % divisor)) / divisor);
}
