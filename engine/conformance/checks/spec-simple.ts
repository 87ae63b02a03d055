import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { schemasIn } from '../schema-walk.ts';

const unshown = [
  ...['not', 'anyOf', 'allOf', 'patternProperties', 'prefixItems', 'if', 'then', 'else'],
  ...['dependentSchemas', 'dependentRequired', 'dependencies'],
];

export const specSimple = defineCheck({
  id: 'spec-simple',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: 'the spec uses no keyword that forms do not show: not, anyOf, allOf, patternProperties, prefixItems, if, then, else, dependent…',
  *run({ spec }) {
    if (spec === undefined) return;
    yield looked();
    for (const { node, path } of schemasIn(spec.node))
      for (const word of unshown) {
        const entry = node.entries.get(word);
        if (entry === undefined) continue;
        const where = path.length === 0 ? 'the spec' : `"${path.join('.')}"`;
        yield violation(
          entry.key,
          `Forms do not show "${word}" of ${where}. Of alternatives, they show "oneOf".`,
        );
      }
  },
});
