import { written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { emptySchema, fieldSchemas, isOpenSchema } from '../schema-paths.ts';

export const pkInSchema = defineCheck({
  id: 'pk-in-schema',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  saysMoreThan: ['schema-members'],
  doc: 'every part of a primary key is in the schema of the stream',
  run: (subject) =>
    eachSchema(subject, function* ({ value, node }, { name, at, definition }) {
      const isOpen = isOpenSchema(value);
      for (const path of definition?.primaryKey ?? []) {
        if (fieldSchemas(value, path).length > 0 || (isOpen && node === undefined)) continue;
        const field = path.join('.');
        yield violation(
          written(at, 'primary_key') ?? at.node,
          isOpen
            ? emptySchema(name, `"${field}", a part of its primary key`)
            : `"${field}" is a part of the primary key of stream "${name}" and not in its schema.`,
          {
            stream: name,
            also: node === undefined ? [] : [node.place],
            ...(isOpen && { severity: 'note' }),
          },
        );
        if (isOpen) return;
      }
    }),
});
