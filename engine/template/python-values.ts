/** The Python values that JavaScript does not have, and how all values print, compare and turn into JSON. */
export { PyDate, PyDateTime, PyTimezone } from '../time/datetime.ts';
export { PyDuration } from '../time/duration.ts';
export {
  PyArithmeticError,
  PyAttributeError,
  PyLookupError,
  PyTypeError,
  PythonError,
  PyValueError,
} from '../time/python-error.ts';
export { PyTime } from '../time/time-of-day.ts';
export { PyTimedelta } from '../time/timedelta.ts';
export { jsonLoads } from './json-loads.ts';
export { PyDict } from './python-dict.ts';
export { pyEquals, pyTruth } from './python-logic.ts';
export { PyHeaders, PyMapping, PyRecord, PyStreamSlice } from './python-mappings.ts';
export { pyRepr, pyStr } from './python-text.ts';
export {
  ellipsis,
  isUndefined,
  PyBytes,
  PyComplex,
  PyDecimal,
  PyEllipsis,
  PyFloat,
  PyFunction,
  PyIterator,
  PyMarkup,
  PySet,
  PyTuple,
  SecurityError,
  Undefined,
  UndefinedError,
} from './python-types.ts';
export { toJson } from './to-json.ts';
