import { fieldOf, toValue } from '../../manifest/node.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { schemasIn } from '../schema-walk.ts';

export const specEnums = defineCheck({
  id: 'spec-enums',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: 'no choice of an `enum` is listed twice',
  *run({ spec }) {
    if (spec === undefined) return;
    for (const { node, path } of schemasIn(spec.node)) {
      const choices = fieldOf(node, 'enum');
      if (choices?.kind !== 'sequence') continue;
      yield looked();
      const seen = new Set<string>();
      for (const choice of choices.items) {
        const text = JSON.stringify(toValue(choice));
        if (seen.has(text)) yield violation(choice, `"${path.join('.')}" offers ${text} twice.`);
        seen.add(text);
      }
    }
  },
});
