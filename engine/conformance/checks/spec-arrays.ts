import { fieldOf } from '../../manifest/node.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { schemasIn, typesOf } from '../schema-walk.ts';

const shown = ['object', 'string', 'number', 'integer'];

export const specArrays = defineCheck({
  id: 'spec-arrays',
  group: 'spec',
  level: 'static',
  severity: 'warning',
  doc: 'the items of each list are objects, texts, numbers or choices of an `enum`: a form shows no others',
  *run({ spec }) {
    if (spec === undefined) return;
    for (const { node, path } of schemasIn(spec.node)) {
      if (!typesOf(node).includes('array')) continue;
      yield looked();
      const items = fieldOf(node, 'items');
      if (items === undefined) {
        yield violation(node, `"${path.join('.')}" is a list that does not say of what: add "items".`);
        continue;
      }
      if (fieldOf(items, 'enum') !== undefined || typesOf(items).some((type) => shown.includes(type)))
        continue;
      yield violation(
        items,
        `The items of "${path.join('.')}" are shown by no form: they have to be objects, texts, numbers or choices of an "enum".`,
      );
    }
  },
});
