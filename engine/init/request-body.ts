import { tryTo } from '../util/flow/try-to.ts';
import { isObject } from '../util/json/json.ts';
import { parseJson } from '../util/json/parse-json.ts';
import type { RequestBody } from './api.ts';

/** A body by what it is: documentation often sends JSON without saying so. */
export function bodyOf(text: string, contentType: string | undefined): RequestBody {
  const value = tryTo(() => parseJson(text));
  if (isObject(value)) return { kind: 'json', value };
  const isForm = contentType === undefined || contentType.includes('x-www-form-urlencoded');
  const fields = [...new URLSearchParams(text)];
  const names = new Set(fields.map(([name]) => name));
  // A form with a name twice cannot be written as a mapping.
  if (isForm && value === undefined && text.includes('=') && names.size === fields.length)
    return { kind: 'form', value: Object.fromEntries(fields) };
  return { kind: 'text', value: text };
}
