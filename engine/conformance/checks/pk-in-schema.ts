import { written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { fieldSchemas, isOpenSchema } from '../schema-paths.ts';

export const pkInSchema = defineCheck({
  id: 'pk-in-schema',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  saysMoreThan: ['schema-members'],
  doc: 'every part of a primary key is in the schema of the stream',
  run: (subject) =>
    eachSchema(subject, function* ({ value, node }, { name, at, definition }) {
      if (isOpenSchema(value)) return;
      for (const path of definition?.primaryKey ?? []) {
        if (fieldSchemas(value, path).length > 0) continue;
        yield violation(
          written(at, 'primary_key') ?? at.node,
          `"${path.join('.')}" is a part of the primary key of stream "${name}" and not in its schema.`,
          { stream: name, also: node === undefined ? [] : [node.place] },
        );
      }
    }),
});
