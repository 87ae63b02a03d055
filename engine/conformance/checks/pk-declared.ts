import { defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';

export const pkDeclared = defineCheck({
  id: 'pk-declared',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: 'each stream has a primary key, or a reason why not under `skip`: without one, a destination cannot tell a change from a new record',
  async *run(subject) {
    for (const { name, at, definition, broken } of await subject.streams()) {
      if (definition === undefined) {
        yield notRun(broken ?? '', name);
        continue;
      }
      yield looked(name);
      if ((definition.primaryKey ?? []).length > 0) continue;
      yield violation(
        at.node,
        `Stream "${name}" has no primary key, so a destination cannot tell a change from a new record.`,
        { stream: name },
      );
    }
  },
});
