import { PyTypeError, PyValueError } from '../time/python-error.ts';
import { typeName } from './python-type-name.ts';
import { PyBytes, PyFunction, textOf, Undefined } from './python-types.ts';

/** json.loads, as templates of a JwtAuthenticator may call it. */
export const jsonLoads = new PyFunction('json_loads', ([source]) => {
  if (source instanceof Undefined)
    throw new PyTypeError('the JSON object must be str, bytes or bytearray, not Undefined');
  const text = source instanceof PyBytes ? Buffer.from(source.bytes).toString('utf8') : textOf(source);
  if (text === undefined) {
    throw new PyTypeError(`the JSON object must be str, bytes or bytearray, not ${typeName(source)}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new PyValueError('Expecting value', 'JSONDecodeError');
  }
});
