import type { Diagnostic } from '../../error/diagnostic.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { type ComponentAt, isFilledIn, written } from '../visit.ts';

/** A list of partitions has each of its values once: one that stands there again is read again. */
export function* distinctValues(at: ComponentAt): Iterable<Diagnostic> {
  const values = at.traits.listsPartitions === true && !isFilledIn(at) ? written(at, 'values') : undefined;
  if (values?.kind !== 'sequence') return;
  const before = new Set<string>();
  for (const node of values.items) {
    const value = node.kind === 'scalar' ? String(node.value) : undefined;
    if (value === undefined) continue;
    if (before.has(value))
      yield warningAt(node, `"${value}" is in the list already, so its records are read twice.`);
    before.add(value);
  }
}
