import type { ConnectorError } from '../error/connector-error.ts';

/** Different errors of one stream that are told in full. */
const mostTold = 20;

/** Which errors of a stream are worth a message: slices that fail alike, for a wrong token or a missing scope, are one. */
export interface ToldErrors {
  /** True for the first error of its kind, place and words, while there are not too many of them. */
  isNews(error: ConnectorError): boolean;
  /** How many errors were kept back, as a sentence; undefined when none was. */
  summary(): string | undefined;
}

export function createToldErrors(stream: string): ToldErrors {
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
        ...(alike > 0 ? [`${times(alike)} in ways already told`] : []),
        ...(others > 0 ? [`${times(others)} in other ways`] : []),
      ];
      return counted.length === 0 ? undefined : `Stream "${stream}" failed ${counted.join(' and ')}.`;
    },
  };
}

function times(count: number): string {
  return count === 1 ? 'once more' : `${count} times more`;
}
