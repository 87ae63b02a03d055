import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { schemasIn } from '../schema-walk.ts';

export const schemaKeywords = defineCheck({
  id: 'schema-keywords',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  doc: 'the schema of a stream uses no `allOf` and no `not`, of which no destination makes columns',
  run: (subject) =>
    eachSchema(subject, function* ({ node }, { name }) {
      for (const { node: schema, path } of schemasIn(node))
        for (const word of ['allOf', 'not']) {
          const entry = schema.entries.get(word);
          if (entry === undefined) continue;
          const field = path.length === 0 ? 'the records' : `"${path.join('.')}"`;
          yield violation(
            entry.key,
            `Stream "${name}" describes ${field} by "${word}", of which no destination makes columns. Write the properties out.`,
            { stream: name },
          );
        }
    }),
});
