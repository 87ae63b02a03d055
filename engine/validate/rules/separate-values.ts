import type { Diagnostic } from '../../error/diagnostic.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { type ComponentAt, written } from '../visit.ts';

/** The values of a line stand apart: what ends lines, or puts values in quotes, cannot separate them. */
export function* separateValues(decoder: ComponentAt): Iterable<Diagnostic> {
  const { reads } = decoder.traits;
  if (reads?.kind !== 'CSV' || !/[\r\n"]/.test(reads.delimiter)) return;
  const what = reads.delimiter === '"' ? 'puts values in quotes' : 'ends a line';
  yield warningAt(
    written(decoder, 'delimiter') ?? decoder.node,
    `A ${JSON.stringify(reads.delimiter)} ${what}, so it cannot stand between two values.`,
  );
}
