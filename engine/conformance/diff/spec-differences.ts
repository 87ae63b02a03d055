import { specCompatible } from '../checks/spec-compatible.ts';
import { schemasIn } from '../schema-walk.ts';
import { propertiesAt } from '../spec-paths.ts';
import type { Subject } from '../subject.ts';
import type { Difference } from './difference.ts';

/** In the config that is asked for: what the check `spec-compatible` says of the two, and which fields are new. */
export async function specDifferences(before: Subject, after: Subject): Promise<Difference[]> {
  const found: Difference[] = [];
  if (before.spec !== undefined && after.spec === undefined)
    found.push({ aspect: 'spec', kind: 'changed', message: 'nothing says any more what is in it' });
  for await (const event of specCompatible.run({ ...after, earlier: before }))
    if (event.kind === 'violation') found.push({ aspect: 'spec', kind: 'breaking', message: event.message });
  if (before.spec === undefined || after.spec === undefined) return found;
  for (const { path, isAlternative } of schemasIn(after.spec.node)) {
    if (path.length === 0 || path.includes('[]') || isAlternative) continue;
    if (propertiesAt(before.spec.node, path).length === 0)
      found.push({ aspect: 'spec', kind: 'additive', message: `the field "${path.join('.')}" is new` });
  }
  return found;
}
