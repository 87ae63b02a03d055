import { fieldOf } from '../../manifest/node.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { listOf, schemasIn } from '../schema-walk.ts';

export const specGroups = defineCheck({
  id: 'spec-groups',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: '`group` is set on properties at the top of the spec alone, and names one of its `groups`',
  *run({ spec }) {
    if (spec === undefined) return;
    const groups = listOf(fieldOf(spec.node, 'groups')).flatMap((group) => {
      const id = fieldOf(group, 'id');
      return id?.kind === 'scalar' ? [String(id.value)] : [];
    });
    for (const { node, path } of schemasIn(spec.node)) {
      const group = path.length === 0 ? undefined : fieldOf(node, 'group');
      if (group?.kind !== 'scalar') continue;
      yield looked();
      if (path.length > 1)
        yield violation(
          group,
          `"${path.join('.')}" is inside of another property, and only those at the top have a group.`,
        );
      else if (groups.length > 0 && !groups.includes(String(group.value)))
        yield violation(group, `There is no group "${group.value}" among the "groups" of the spec.`);
    }
  },
});
