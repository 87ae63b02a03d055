import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { schemasIn } from '../schema-walk.ts';

export const specOrder = defineCheck({
  id: 'spec-order',
  group: 'spec',
  level: 'static',
  severity: 'warning',
  doc: 'no two properties of an object have the same `order` in the same group',
  *run({ spec }) {
    if (spec === undefined) return;
    for (const { node } of schemasIn(spec.node)) {
      const properties = fieldOf(node, 'properties');
      if (properties?.kind !== 'mapping') continue;
      const seen = new Map<string, { readonly name: string; readonly at: ManifestNode }>();
      for (const [name, { value }] of properties.entries) {
        const order = fieldOf(value, 'order');
        if (order?.kind !== 'scalar') continue;
        yield looked();
        const group = fieldOf(value, 'group');
        const key = `${group?.kind === 'scalar' ? group.value : ''}:${order.value}`;
        const other = seen.get(key);
        if (other !== undefined)
          yield violation(order, `"${name}" and "${other.name}" both have the order ${order.value}.`, {
            also: [other.at.place],
          });
        else seen.set(key, { name, at: order });
      }
    }
  },
});
