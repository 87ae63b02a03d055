import type { ConnectorError } from '../../error/connector-error.ts';

/** How many different errors of one stream are reported in full. */
const mostTold = 20;

/**
 * Decides which errors of a stream are reported: slices that fail alike, for a wrong token or a missing scope, count as
 * one.
 */
export interface DistinctErrors {
  /** True for the first error of its kind, place and message, until there are too many. */
  isNews(error: ConnectorError): boolean;
  /** A sentence about the errors that were not reported; undefined when all were. */
  summary(): string | undefined;
}

export function createDistinctErrors(stream: string): DistinctErrors {
  const told = new Set<string>();
  let alike = 0;
  let others = 0;
  return {
    isNews({ kind, message, nodes }) {
      const key = JSON.stringify([
        kind,
        message,
        nodes.map(({ source, start, pointer }) => [source.name, start, pointer]),
      ]);
      if (told.has(key)) alike += 1;
      else if (told.size >= mostTold) others += 1;
      else {
        told.add(key);
        return true;
      }
      return false;
    },
    summary() {
      const counted = [
        ...(alike > 0 ? [`${more(alike)} for the same reason`] : []),
        ...(others > 0 ? [`${more(others)} for yet other reasons`] : []),
      ];
      return counted.length === 0
        ? undefined
        : `Slices of stream "${stream}" that could not be read either: ${counted.join(', ')}.`;
    },
  };
}

function more(count: number): string {
  return count === 1 ? 'one more' : `${count} more`;
}
