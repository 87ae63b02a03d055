import * as z from 'zod';
import { ConnectorError } from '../../error/connector-error.ts';
import { addBodyData, addBodyJson, mergeFields } from '../../http/merge-parts.ts';
import { pythonText } from '../../http/request-text.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import type { Scope } from '../../language/scope.ts';

/** Names one place of a request: a parameter, a header, a form field, a (nested) field of a JSON body. */
export const RequestOption = component({
  family: 'RequestOption',
  type: 'RequestOption',
  doc: 'Names the place of a request that a value of another component goes into.',
  fields: () => ({
    inject_into: z
      .enum(['request_parameter', 'header', 'body_data', 'body_json'])
      .describe('Which part of the request takes the value.'),
    field_name: template().optional().describe('Name of the parameter, header or body field.'),
    field_path: z.array(template()).optional().describe('Path to a nested field of a JSON body.'),
  }),
  make({ inject_into, field_name, field_path }, scope) {
    const name = field_name?.(scope);
    const path = field_path?.map((segment) => segment(scope));
    if (path !== undefined && name !== undefined) {
      throw misuse('A RequestOption takes a "field_name" or a "field_path", not both.', scope);
    }
    if (path !== undefined && inject_into !== 'body_json') {
      throw misuse(
        `"field_path" leads into a JSON body only; with inject_into "${inject_into}" use "field_name".`,
        scope,
      );
    }
    const segments = path ?? (name === undefined ? [] : [name]);
    if (segments.length === 0) throw misuse('A RequestOption needs a "field_name" or a "field_path".', scope);

    return {
      inject(value, into) {
        const field = nested(
          segments.map((segment) => pythonText(segment())),
          value,
        );
        if (inject_into === 'request_parameter') mergeFields(into.params, field, 'request parameter');
        else if (inject_into === 'header') mergeFields(into.headers, field, 'header');
        else if (inject_into === 'body_data') addBodyData(into, field);
        else addBodyJson(into, field);
      },
    };
  },
});

/** `{ a: { b: value } }` for the path a, b. */
function nested(path: readonly string[], value: unknown): Record<string, unknown> {
  const [first = '', ...rest] = path;
  return Object.fromEntries([[first, rest.length === 0 ? value : nested(rest, value)]]);
}

function misuse(message: string, scope: Scope): ConnectorError {
  return new ConnectorError(message, { kind: 'config_error', nodes: [scope.place] });
}
