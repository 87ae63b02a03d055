import { fieldOf } from '../../manifest/node.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { schemasIn } from '../schema-walk.ts';

export const specDisplay = defineCheck({
  id: 'spec-display',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: '`display_type` is dropdown or radio, and stands beside a `oneOf`',
  *run({ spec }) {
    if (spec === undefined) return;
    for (const { node } of schemasIn(spec.node)) {
      const display = fieldOf(node, 'display_type');
      if (display?.kind !== 'scalar') continue;
      yield looked();
      if (fieldOf(node, 'oneOf') === undefined)
        yield violation(display, 'A "display_type" says how variants are chosen, and here is no "oneOf".');
      else if (display.value !== 'dropdown' && display.value !== 'radio')
        yield violation(display, `A "display_type" is "dropdown" or "radio", not "${display.value}".`);
    }
  },
});
