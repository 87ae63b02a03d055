import type { OpenDocument } from '../locate/open-document.ts';
import { isMap, isSeq, type Node, nodeAtPath, rangeOf } from '../locate/syntax.ts';
import { streamName } from './completion.ts';

export interface Lens {
  /** Offset of the line that it stands above. */
  readonly start: number;
  readonly title: string;
  readonly command: 'manifold.preview' | 'manifold.test';
  readonly stream: string;
}

/** Above each stream: look at a little of it, run its tests. */
export function lensesOf(document: OpenDocument): readonly Lens[] {
  const root = document.syntax().contents as Node | null;
  const streams = nodeAtPath(root, ['streams']);
  if (!isSeq(streams)) return [];
  return streams.items.flatMap((item) => {
    const stream = streamName(root, item);
    if (!isMap(item) || stream === undefined) return [];
    const [start] = rangeOf(item);
    return [
      { start, stream, title: '▶ preview', command: 'manifold.preview' },
      { start, stream, title: '▶ test', command: 'manifold.test' },
    ];
  });
}
