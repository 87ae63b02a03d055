import { fieldOf } from '../../manifest/node.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { schemasIn } from '../schema-walk.ts';

export const specOpen = defineCheck({
  id: 'spec-open',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: '`additionalProperties` of the spec is true or left out: platforms add fields, and old configs have others',
  *run({ spec }) {
    if (spec === undefined) return;
    yield looked();
    for (const { node, path } of schemasIn(spec.node)) {
      const additional = fieldOf(node, 'additionalProperties');
      if (additional?.kind !== 'scalar' || additional.value === true) continue;
      const where = path.length === 0 ? 'The spec' : `"${path.join('.')}"`;
      yield violation(
        additional,
        `${where} takes no further fields, so a config with one that was removed or that a platform adds is refused. Leave out "additionalProperties".`,
      );
    }
  },
});
