import { nodeAt } from '../../manifest/node-at.ts';
import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { fieldSchemas, typesIn } from '../schema-paths.ts';

export const pkScalar = defineCheck({
  id: 'pk-scalar',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  doc: 'no part of a primary key is an object or a list',
  run: (subject) =>
    eachSchema(subject, function* ({ value, node }, { name, at, definition }) {
      for (const path of definition?.primaryKey ?? []) {
        const types = fieldSchemas(value, path).flatMap(typesIn);
        // A field that may also be a text or number can be a key.
        if (types.length === 0 || types.some((type) => !['object', 'array', 'null'].includes(type))) continue;
        if (types.every((type) => type === 'null')) continue;
        const place =
          node &&
          nodeAt(
            node,
            path.flatMap((step) => ['properties', step]),
          );
        yield violation(
          place ?? at.node,
          `"${path.join('.')}" is a part of the primary key of stream "${name}" and of the type ${types.filter((type) => type !== 'null').join(', ')}, which cannot be compared.`,
          { stream: name },
        );
      }
    }),
});
