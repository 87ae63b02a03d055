import type { Diagnostic } from '../error/diagnostic.ts';
import type { ManifestNode } from './node.ts';

/** An error at a node. `offset` counts in the value of a scalar, for templates. */
export function errorAt(node: ManifestNode, message: string, offset?: number): Diagnostic {
  const { place } = node;
  return {
    severity: 'error',
    message,
    places: [place],
    pointer: place.pointer,
    ...(offset !== undefined && { offset }),
  };
}

export function warningAt(node: ManifestNode, message: string): Diagnostic {
  return { ...errorAt(node, message), severity: 'warning' };
}
