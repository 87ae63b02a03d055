/** The Python values that JavaScript does not have, and how all values print, compare and turn into JSON. */
export { PyDate, PyDateTime } from '../time/datetime.ts';
export { PyDuration } from '../time/duration.ts';
export { PythonError, PyValueError } from '../time/python-error.ts';
export { PyTimedelta } from '../time/timedelta.ts';
export { jsonLoads } from './builtins/json-loads.ts';
export { iterate, outside, pyEquals, pyRepr, pyStr, pyTruth, toJson } from './methods/outside.ts';
export { PyBytes } from './values/bytes.ts';
export { PyComplex } from './values/complex.ts';
export { ellipsis, PyDecimal, PyEllipsis } from './values/constants.ts';
export { dictEntries, dictKeys, isDict, jsonKey, PyDict, pythonDict } from './values/dict.ts';
export { PyIterator } from './values/iterator.ts';
export { PyHeaders, PyMapping, PyRecord, PyStreamSlice } from './values/mapping.ts';
export { int, PyFloat } from './values/number.ts';
export { PySet, setOf } from './values/set.ts';
export { PyMarkup } from './values/text.ts';
export { PyTuple } from './values/tuple.ts';
export { isUndefined, Undefined } from './values/undefined.ts';
