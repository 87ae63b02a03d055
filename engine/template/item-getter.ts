import { getItem } from './attributes.ts';
import { parseInteger } from './filters-value.ts';
import { pyStr } from './python-text.ts';
import { Undefined } from './python-types.ts';

/** `a.b.0` as a itemGetter: every part is an item or attribute. */
export function itemGetter(
  attribute: unknown,
  after?: (value: unknown) => unknown,
  fallback?: unknown,
): (value: unknown) => unknown {
  const parts =
    attribute === undefined || attribute === null
      ? []
      : typeof attribute === 'number'
        ? [attribute]
        : pyStr(attribute)
            .split('.')
            .map((part) => (/^\d+$/.test(part) ? (parseInteger(part) ?? part) : part));
  return (value) => {
    let current = value;
    for (const part of parts) {
      current = getItem(current, part);
      if (fallback !== undefined && current instanceof Undefined) current = fallback;
    }
    return after === undefined ? current : after(current);
  };
}
