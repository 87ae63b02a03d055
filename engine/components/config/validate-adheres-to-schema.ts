import * as z from 'zod';
import type { ValidationStrategy } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { checkedTemplate } from '../../language/field-types/checked-template.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { isObject, type JsonSchema } from '../../util/json/json.ts';
import type { SchemaProblem } from '../../util/schema/schema-problem.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';

export const ValidateAdheresToSchema = component({
  family: 'ValidationStrategy',
  type: 'ValidateAdheresToSchema',
  doc: 'Requires that a value fits a JSON schema; a text is read as JSON first.',
  fields: () => ({
    base_schema: z
      .union([
        z.record(z.string(), z.unknown()),
        checkedTemplate({ read: readSchema, expected: 'a JSON schema' }),
      ])
      .describe('The JSON schema: a mapping, or a text or template that gives one.'),
  }),
  make({ base_schema: written }, scope) {
    const fail = (message: string, cause?: unknown) =>
      new ConnectorError(message, { kind: 'config_error', nodes: [scope.place], cause });
    const schema = typeof written === 'function' ? written(scope) : () => written;

    function parse(text: string): unknown {
      try {
        return JSON.parse(text);
      } catch (cause) {
        throw fail('The value to check is not valid JSON.', cause);
      }
    }

    return Object.freeze<ValidationStrategy>({
      validate(value) {
        const parsed = typeof value === 'string' ? parse(value) : value;
        const problems = validateAgainstSchema(parsed, schema());
        if (problems.length > 0)
          throw fail(`A value of the config is wrong: ${problems.map(sentence).join('; ')}.`);
      },
    });
  },
});

function readSchema(value: unknown): { readonly value: JsonSchema } | undefined {
  const schema: unknown = typeof value === 'string' ? tryTo(() => JSON.parse(value)) : value;
  return isObject(schema) ? { value: schema } : undefined;
}

function sentence({ path, message }: SchemaProblem): string {
  return path.length === 0 ? `it ${message}` : `"${path.join('.')}" ${message}`;
}
