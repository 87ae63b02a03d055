import { dictKeys, isDict, PySet, PyTuple, pyStr } from '../../template/python-values.ts';

/** Python's `str()` of a value in a header, a parameter or a form. */
export function pythonText(value: unknown): string {
  return typeof value === 'string' ? value : pyStr(value ?? null);
}

/** What Python would iterate over in the value of a parameter: the items of a list, the keys of a mapping. */
export function iterable(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value;
  if (value instanceof PyTuple) return value.items;
  if (value instanceof PySet) return [...value.members.values()];
  return isDict(value) ? dictKeys(value) : undefined;
}
