import type { Diagnostic } from '../../error/diagnostic.ts';
import { checkVersion } from '../../manifest/migrate.ts';
import type { ComponentAt } from '../visit.ts';

/** A manifest of a newer language runs as far as it is understood. */
export function* knownVersion({ family, node }: ComponentAt): Iterable<Diagnostic> {
  const newer = family === 'Source' ? checkVersion(node) : undefined;
  if (newer !== undefined) yield newer;
}
