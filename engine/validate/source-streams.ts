import type { ComponentAt } from './visit.ts';

/** The streams that stand in the manifest, those under a condition among them. */
export function staticStreams(source: ComponentAt): readonly ComponentAt[] {
  return source.children.flatMap((child) => {
    if (child.family === 'ConditionalStreams') return child.children;
    return child.family === 'Stream' ? [child] : [];
  });
}
