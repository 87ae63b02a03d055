import type { Place } from '../error/place.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { Looked, NotRun, Violation } from './check.ts';

type Details = Partial<Pick<Violation, 'stream' | 'severity' | 'offset'>> & {
  /** Places of other parties. */
  readonly also?: readonly Place[];
};

/** A violation at a node of the manifest. */
export function violation(
  at: Pick<ManifestNode, 'place'> | undefined,
  message: string,
  { also = [], ...details }: Details = {},
): Violation {
  const places = at === undefined ? also : [at.place, ...also];
  return { kind: 'violation', message, places, ...details };
}

export function looked(stream?: string): Looked {
  return { kind: 'looked', stream };
}

export function notRun(reason: string, stream?: string): NotRun {
  return { kind: 'not-run', reason, stream };
}
