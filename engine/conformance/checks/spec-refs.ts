import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { referencesIn } from '../schema-walk.ts';

export const specRefs = defineCheck({
  id: 'spec-refs',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: 'no reference is left in the spec: platforms do not resolve them',
  *run({ spec }) {
    if (spec === undefined) return;
    yield looked();
    for (const reference of referencesIn(spec.node))
      yield violation(
        reference,
        'The spec refers to a schema elsewhere, which platforms do not resolve. Write it out here.',
      );
  },
});
