import * as z from 'zod';
import type { ValidationStrategy } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { isObject, type JsonSchema } from '../../util/json/json.ts';
import type { SchemaProblem } from '../../util/schema/schema-problem.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';

export const ValidateAdheresToSchema = component({
  family: 'ValidationStrategy',
  type: 'ValidateAdheresToSchema',
  doc: 'Requires that a value fits a JSON schema; a text is read as JSON first.',
  fields: () => ({
    base_schema: z
      .union([z.record(z.string(), z.unknown()), template()])
      .describe('The JSON schema: a mapping, or a text or template that gives one.'),
  }),
  make({ base_schema: written }, scope) {
    const fail = (message: string, cause?: unknown) =>
      new ConnectorError(message, { kind: 'config_error', nodes: [scope.place], cause });
    const read = typeof written === 'function' ? written(scope) : undefined;

    function schema(): JsonSchema {
      if (typeof written !== 'function') return written;
      const value = read?.();
      const parsed = typeof value === 'string' ? parse(value, 'The base_schema') : value;
      if (!isObject(parsed)) throw fail('The base_schema is not a JSON schema.');
      return parsed;
    }

    function parse(text: string, what: string): unknown {
      try {
        return JSON.parse(text);
      } catch (cause) {
        throw fail(`${what} is not valid JSON.`, cause);
      }
    }

    return Object.freeze<ValidationStrategy>({
      validate(value) {
        const parsed = typeof value === 'string' ? parse(value, 'The value to check') : value;
        const problems = validateAgainstSchema(parsed, schema());
        if (problems.length > 0)
          throw fail(`A value of the config is wrong: ${problems.map(sentence).join('; ')}.`);
      },
    });
  },
});

function sentence({ path, message }: SchemaProblem): string {
  return path.length === 0 ? `it ${message}` : `"${path.join('.')}" ${message}`;
}
