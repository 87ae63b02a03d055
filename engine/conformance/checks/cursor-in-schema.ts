import { written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { emptySchema, fieldSchemas, isOpenSchema } from '../schema-paths.ts';

export const cursorInSchema = defineCheck({
  id: 'cursor-in-schema',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  saysMoreThan: ['schema-members'],
  doc: 'the cursor field of each incremental stream is in its schema',
  run: (subject) =>
    eachSchema(subject, function* ({ value, node }, { name, at, definition }) {
      const cursor = definition?.cursorField;
      if (cursor === undefined) return;
      if (fieldSchemas(value, [cursor]).length > 0 || fieldSchemas(value, cursor.split('.')).length > 0)
        return;
      const isOpen = isOpenSchema(value);
      if (isOpen && node === undefined) return;
      yield violation(
        written(at, 'incremental_sync', 'cursor_field') ?? written(at, 'incremental_sync') ?? at.node,
        isOpen
          ? emptySchema(name, `"${cursor}", its cursor field`)
          : `The cursor field "${cursor}" of stream "${name}" is not in its schema, so no destination has a column for it.`,
        {
          stream: name,
          also: node === undefined ? [] : [node.place],
          ...(isOpen && { severity: 'note' }),
        },
      );
    }),
});
