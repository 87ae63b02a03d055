import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { type ComponentAt, written } from '../visit.ts';

/** A call never weighs more than its policy allows at once: it would wait for ever. */
export function* fittingWeights(policy: ComponentAt): Iterable<Diagnostic> {
  const { allows } = policy.traits;
  if (policy.family !== 'CallRatePolicy' || allows === undefined) return;
  for (const matcher of policy.children) {
    const node = written(matcher, 'weight');
    if (node?.kind !== 'scalar' || typeof node.value !== 'number' || node.value <= allows) continue;
    yield errorAt(node, `A call with a weight of ${node.value} can never fit into a limit of ${allows}.`);
  }
}
