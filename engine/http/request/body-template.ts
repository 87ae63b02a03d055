import type { RequestBody } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Evaluate } from '../../language/fields.ts';
import { dictEntries, isDict, jsonKey, outside } from '../../template/python-values.ts';
import { addBodyData, addBodyJson } from './merge-parts.ts';
import { requestTemplateContext } from './request-context.ts';

/** A body that a template computes: form fields or a text as `data`, an object or a list as `json`. */
export function bodyTemplate(kind: 'data' | 'json', evaluate: Evaluate): RequestBody {
  return {
    addTo(parts, context) {
      const value = evaluate(requestTemplateContext(context));
      if (kind === 'data') {
        if (typeof value === 'string' && value !== '') addBodyData(parts, value);
        else if (isDict(value)) addBodyData(parts, withoutNulls(value));
      } else if (typeof value === 'string' && value !== '') {
        throw new ConnectorError(
          `The JSON body of a request must be an object, not the text ${JSON.stringify(value)}.`,
          { kind: 'config_error' },
        );
      } else if (isDict(value)) {
        addBodyJson(parts, toFields(value));
      } else if (Array.isArray(value)) {
        addBodyJson(parts, value);
      }
    },
  };
}

/** A field whose template gave nothing is not sent. */
export function withoutNulls(fields: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(toFields(fields)).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** Names of fields are strings, whatever keys a Python dict may have. */
function toFields(value: unknown): Record<string, unknown> {
  if (!isDict(value)) return {};
  return Object.fromEntries(dictEntries(value).map(([key, item]) => [jsonKey(key, outside()), item]));
}
