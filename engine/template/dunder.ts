import { isDict } from './python-dict.ts';
import { PyMapping, PyRecord, PyStreamSlice } from './python-mappings.ts';
import { PyFunction, PySet, PyTuple, textOf } from './python-types.ts';

/** Names that every Python object has. */
const everywhere = new Set(
  'class delattr dir doc eq format ge getattribute getstate gt hash init init_subclass le lt ne new reduce reduce_ex repr setattr sizeof str subclasshook'
    .split(' ')
    .map((name) => `__${name}__`),
);
const ofContainers = new Set(['__contains__', '__getitem__', '__iter__', '__len__']);
const ofFunctions = new Set(
  'annotations builtins call closure code defaults dict get globals kwdefaults module name qualname self func'
    .split(' ')
    .map((name) => `__${name}__`),
);
const ofSlices = new Set([
  '_cursor_slice',
  '_extra_fields',
  '_stream_slice',
  '_abc_impl',
  '_is_protocol',
  '__dict__',
  '__module__',
]);
const ofRecords = new Set([
  '_data',
  '_associated_slice',
  '_file_reference',
  '_abc_impl',
  '_is_protocol',
  '__dict__',
  '__module__',
]);

/** Attributes that exist but are refused by the sandbox. Names that do not exist are merely undefined. */
export function isUnsafeName(value: unknown, name: string): boolean {
  if (name.charCodeAt(0) !== 95 /* _ */) return false;
  if (everywhere.has(name)) return true;
  if (value instanceof PyStreamSlice && ofSlices.has(name)) return true;
  if (value instanceof PyRecord && ofRecords.has(name)) return true;
  if (value instanceof PyFunction) return ofFunctions.has(name);
  const isContainer =
    textOf(value) !== undefined ||
    Array.isArray(value) ||
    isDict(value) ||
    value instanceof PyMapping ||
    value instanceof PyTuple ||
    value instanceof PySet;
  return isContainer && ofContainers.has(name);
}
