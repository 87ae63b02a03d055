import { fieldOf } from '../../manifest/node.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { schemasIn, typesOf } from '../schema-walk.ts';

export const specTypes = defineCheck({
  id: 'spec-types',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: 'each property of the spec has one type, or one type and null: a form shows one kind of field',
  *run({ spec }) {
    if (spec === undefined) return;
    yield looked();
    for (const { node, path } of schemasIn(spec.node)) {
      const types = typesOf(node).filter((type) => type !== 'null');
      const written = fieldOf(node, 'type');
      if (types.length < 2 || written === undefined) continue;
      yield violation(
        written,
        `"${path.join('.')}" has ${types.length} types (${types.join(', ')}), and a form can show one. Choose it.`,
      );
    }
  },
});
