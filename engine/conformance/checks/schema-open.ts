import { fieldOf } from '../../manifest/node.ts';
import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { schemasIn } from '../schema-walk.ts';

export const schemaOpen = defineCheck({
  id: 'schema-open',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: '`additionalProperties` of a schema is true or left out: an API adds fields without asking',
  run: (subject) =>
    eachSchema(subject, function* ({ node }, { name }) {
      for (const { node: schema, path } of schemasIn(node)) {
        const additional = fieldOf(schema, 'additionalProperties');
        if (additional?.kind !== 'scalar' || additional.value !== false) continue;
        const field = path.length === 0 ? 'Records' : `"${path.join('.')}"`;
        yield violation(
          additional,
          `${field} of stream "${name}" may have no further fields, and an API adds some without asking.`,
          { stream: name },
        );
      }
    }),
});
