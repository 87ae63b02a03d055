const dunder = (names: string) => names.split(' ').map((name) => `__${name}__`);

/** Names that every Python object has. */
const everywhere: ReadonlySet<string> = new Set(
  dunder(
    'class delattr dir doc eq format ge getattribute getstate gt hash init init_subclass le lt ne new reduce reduce_ex repr setattr sizeof str subclasshook',
  ),
);

export const containerNames: ReadonlySet<string> = new Set(dunder('contains getitem iter len'));

export const functionNames: ReadonlySet<string> = new Set(
  dunder(
    'annotations builtins call closure code defaults dict get globals kwdefaults module name qualname self func',
  ),
);

/** Attributes that exist but are refused by the sandbox. Names that do not exist are merely undefined. */
export function isHiddenName(name: string, ofType: ReadonlySet<string> | undefined): boolean {
  if (name.charCodeAt(0) !== 95 /* _ */) return false;
  return everywhere.has(name) || ofType?.has(name) === true;
}
