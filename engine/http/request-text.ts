/** Python's `str()` of a value that stands in a header, a parameter or a form. */
export function pythonText(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  return String(value);
}

/** What Python would iterate over in a parameter's value: the items of a list, the keys of a mapping. */
export function iterable(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
