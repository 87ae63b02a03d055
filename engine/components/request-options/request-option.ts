import * as z from 'zod';
import { pythonText } from '../../http/request/request-text.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { isObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';

/** One place in a request: a parameter, a header, a form field, a (nested) field of a JSON body. */
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
  *check({ inject_into, field_name, field_path }) {
    if (field_path !== undefined && field_name !== undefined) {
      yield { message: 'A RequestOption takes a "field_name" or a "field_path", not both.' };
    } else if (field_path !== undefined && inject_into !== 'body_json') {
      yield {
        message: `"field_path" is for a JSON body only; with inject_into "${inject_into}" use "field_name".`,
        at: ['field_path'],
      };
    } else if (field_name === undefined && (field_path ?? []).length === 0) {
      yield { message: 'A RequestOption needs a "field_name" or a "field_path".' };
    }
  },
  make({ inject_into, field_name, field_path }, scope) {
    const name = field_name?.(scope);
    const path = field_path?.map((segment) => segment(scope));
    const segments = path ?? (name === undefined ? [] : [name]);

    return {
      inject(value, into) {
        const names = segments.map((segment) => pythonText(segment()));
        if (inject_into === 'request_parameter') setAt(into.params, names, value);
        else if (inject_into === 'header') setAt(into.headers, names, value);
        else if (inject_into === 'body_data') into.bodyData = setAt(fieldsOf(into.bodyData), names, value);
        else into.bodyJson = setAt(fieldsOf(into.bodyJson), names, value);
      },
    };
  },
});

/** Sets `target.a.b` for the path a, b, and creates the mappings on the way. */
function setAt(
  target: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [first = '', ...rest] = path;
  const next = rest.length === 0 ? value : setAt(fieldsOf(own(target, first)), rest, value);
  setField(target, first, next);
  return target;
}

function own(target: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(target, name) ? target[name] : undefined;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}
