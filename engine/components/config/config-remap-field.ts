import * as z from 'zod';
import type { ConfigTransformation } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { checkedTemplate } from '../../language/field-types/checked-template.ts';
import { template, templateMapping } from '../../language/fields.ts';
import { isObject } from '../../util/json/json.ts';

export const ConfigRemapField = component({
  family: 'ConfigTransformation',
  type: 'ConfigRemapField',
  doc: 'Replaces the value of a config field by what a map says for it.',
  fields: () => ({
    map: z
      .union([templateMapping(), checkedTemplate({ read: readMapping, expected: 'a mapping' })])
      .describe('New values by old ones, or a template of such a mapping; other values stay.'),
    field_path: z.array(template()).min(1).describe('Path of the field.'),
  }),
  make(fields, scope) {
    const path = fields.field_path.map((step) => step(scope));
    const map = fields.map(scope);
    return Object.freeze<ConfigTransformation>({
      transform(config) {
        const steps = path.map((step) => String(step({ config })));
        const name = steps.pop() ?? '';
        let parent: unknown = config;
        for (const step of steps)
          parent = isObject(parent) && Object.hasOwn(parent, step) ? parent[step] : undefined;
        if (!isObject(parent) || !Object.hasOwn(parent, name)) return;
        const mapping = map({ config });
        const before = parent[name];
        if (typeof before === 'object' && before !== null) return;
        const key = String(before);
        if (Object.hasOwn(mapping, key)) parent[name] = mapping[key];
      },
    });
  },
});

function readMapping(value: unknown) {
  return isObject(value) ? { value } : undefined;
}
