import { nodeAt } from '../../manifest/node-at.ts';
import { isKnownType } from '../airbyte-types.ts';
import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { fieldsOf, typesIn } from '../schema-paths.ts';

export const schemaTypes = defineCheck({
  id: 'schema-types',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: "each field has a type, format and `airbyte_type` that Airbyte's table of types has together",
  run: (subject) =>
    eachSchema(subject, function* ({ value, node }, { name, at }) {
      for (const [path, field] of fieldsOf(value)) {
        const format = textOf(field['format']);
        const airbyteType = textOf(field['airbyte_type']);
        const types = typesIn(field).filter((type) => type !== 'null');
        // With several types, the format is that of the texts among them.
        const odd = types.find((type) => {
          const isText = type === 'string' || types.length === 1;
          return !isKnownType({ type, ...(isText && { format, airbyteType }) });
        });
        if (odd === undefined) continue;
        const said = [odd, format && `format ${format}`, airbyteType && `airbyte_type ${airbyteType}`];
        const place =
          node &&
          nodeAt(
            node,
            path.flatMap((step) => ['properties', step]),
          );
        yield violation(
          place ?? at.node,
          `"${path.join('.')}" of stream "${name}" is described as ${said.filter(Boolean).join(', ')}, which destinations do not know together.`,
          { stream: name },
        );
      }
    }),
});

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
