import { fieldOf } from '../../manifest/node.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { schemasIn, typesOf } from '../schema-walk.ts';

export const specObjects = defineCheck({
  id: 'spec-objects',
  group: 'spec',
  level: 'static',
  severity: 'warning',
  doc: 'each object of the spec has properties or a `oneOf`: otherwise a form has nothing to show',
  *run({ spec }) {
    if (spec === undefined) return;
    yield looked();
    for (const { node, path } of schemasIn(spec.node)) {
      if (path.length === 0 || !typesOf(node).includes('object')) continue;
      if (['properties', 'oneOf', 'anyOf', 'allOf'].some((word) => fieldOf(node, word) !== undefined))
        continue;
      yield violation(
        node,
        `"${path.join('.')}" is an object without properties, so a form has nothing to show.`,
      );
    }
  },
});
