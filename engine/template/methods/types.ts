import { PyDate, PyDateTime, PyTimezone } from '../../time/datetime.ts';
import { PyDuration } from '../../time/duration.ts';
import { PyTime } from '../../time/time-of-day.ts';
import { PyTimedelta } from '../../time/timedelta.ts';
import { bytesType, PyBytes } from '../values/bytes.ts';
import { complexType, PyComplex } from '../values/complex.ts';
import {
  decimalType,
  ellipsisType,
  noneType,
  objectType,
  PyDecimal,
  PyEllipsis,
} from '../values/constants.ts';
import { dateType, datetimeType, timeType, timezoneType } from '../values/date-types.ts';
import { dictType, PyDict } from '../values/dict.ts';
import { durationType, timedeltaType } from '../values/duration-types.ts';
import { functionType, methodType, PyFunction, PyMethod } from '../values/function.ts';
import { helperObjectType, namespaceType, PyNamespace, PyObject } from '../values/helper-object.ts';
import { iteratorType, PyIterator } from '../values/iterator.ts';
import { listType } from '../values/list.ts';
import {
  headersType,
  PyHeaders,
  PyRecord,
  PyStreamSlice,
  recordType,
  streamSliceType,
} from '../values/mapping.ts';
import { PyFloat } from '../values/number.ts';
import { boolType, floatType, intType } from '../values/number-types.ts';
import type { Methods, PyType } from '../values/python.ts';
import { PySet, setType } from '../values/set.ts';
import { PySlice, sliceType } from '../values/slice.ts';
import { markupType, stringType } from '../values/string.ts';
import { PyMarkup } from '../values/text.ts';
import { groupType, namedTupleType, PyGroup, PyNamedTuple, PyTuple, tupleType } from '../values/tuple.ts';
import { Undefined, undefinedType } from '../values/undefined.ts';
import { PyView, viewType } from '../values/view.ts';
import { bytesMethods } from './bytes-methods.ts';
import { dateMethods, datetimeMethods, timeMethods, timezoneMethods } from './datetime-methods.ts';
import { dictMethods, headersMethods, mappingMethods } from './dict-methods.ts';
import { durationMethods, timedeltaMethods } from './duration-methods.ts';
import { markupMethods } from './markup-methods.ts';
import { floatMethods, intMethods } from './number-methods.ts';
import { listMethods, tupleMethods } from './sequence-methods.ts';
import { setMethods, viewMethods } from './set-methods.ts';
import { stringMethods } from './string-methods.ts';

function withMethods<T>(type: PyType<T>, methods: Methods<T>): PyType<T> {
  return Object.freeze({ ...type, methods });
}

const string = withMethods(stringType, stringMethods);
const int = withMethods(intType, intMethods);
const bool = withMethods(boolType, intMethods);
const float = withMethods(floatType, floatMethods);
const list = withMethods(listType, listMethods);
const dict = withMethods(dictType, dictMethods);

/** The types of what JavaScript has no literals for, by class. */
const classes: readonly (readonly [{ readonly prototype: object }, PyType])[] = [
  [PyFloat, float],
  [PyComplex, complexType],
  [PyDecimal, decimalType],
  [PyEllipsis, ellipsisType],
  [PyMarkup, withMethods(markupType, markupMethods)],
  [PyBytes, withMethods(bytesType, bytesMethods)],
  [PyTuple, withMethods(tupleType, tupleMethods)],
  [PyGroup, withMethods(groupType, tupleMethods)],
  [PyNamedTuple, withMethods(namedTupleType, tupleMethods)],
  [PySet, withMethods(setType, setMethods)],
  [PyDict, dict],
  [PyView, withMethods(viewType, viewMethods)],
  [PyStreamSlice, withMethods(streamSliceType, mappingMethods)],
  [PyRecord, withMethods(recordType, mappingMethods)],
  [PyHeaders, withMethods(headersType, headersMethods)],
  [PyIterator, iteratorType],
  [PySlice, sliceType],
  [PyFunction, functionType],
  [PyMethod, methodType],
  [PyObject, helperObjectType],
  [PyNamespace, namespaceType],
  [PyDateTime, withMethods(datetimeType, datetimeMethods)],
  [PyDate, withMethods(dateType, dateMethods)],
  [PyTime, withMethods(timeType, timeMethods)],
  [PyTimezone, withMethods(timezoneType, timezoneMethods)],
  [PyTimedelta, withMethods(timedeltaType, timedeltaMethods)],
  [PyDuration, withMethods(durationType, durationMethods)],
  [Undefined, undefinedType],
];
const byPrototype: ReadonlyMap<unknown, PyType> = new Map(
  classes.map(([{ prototype }, type]) => [prototype, type]),
);

/** The record of a value's type. Arrays and plain objects are lists and dicts; what is not known is an object. */
export function typeOf(value: unknown): PyType {
  switch (typeof value) {
    case 'string':
      return string;
    case 'number':
      return Number.isInteger(value) ? int : float;
    case 'boolean':
      return bool;
    case 'bigint':
      return int;
    case 'undefined':
      return noneType;
    default:
  }
  if (value === null) return noneType;
  if (Array.isArray(value)) return list;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return dict;
  return byPrototype.get(prototype) ?? objectType;
}

/** What can be called on some value, by any of its types, and on the helpers that Jinja gives. */
export const methodNames: ReadonlySet<string> = new Set([
  ...[string, int, float, list, ...classes.map(([, type]) => type)].flatMap(({ methods }) =>
    Object.keys(methods ?? {}),
  ),
  ...['cycle', 'changed', 'next', 'reset'],
]);
