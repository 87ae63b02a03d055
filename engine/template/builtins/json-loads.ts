import { PyTypeError, PyValueError } from '../../time/python-error.ts';
import { PyBytes } from '../values/bytes.ts';
import { PyFunction } from '../values/function.ts';
import { textOf } from '../values/text.ts';

/** json.loads, as templates of a JwtAuthenticator may call it. */
export const jsonLoads = new PyFunction('json_loads', ([source], _keywords, py) => {
  const text = source instanceof PyBytes ? Buffer.from(source.bytes).toString('utf8') : textOf(source);
  if (text === undefined) {
    throw new PyTypeError(`the JSON object must be str, bytes or bytearray, not ${py.typeName(source)}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new PyValueError('Expecting value', 'JSONDecodeError');
  }
});
