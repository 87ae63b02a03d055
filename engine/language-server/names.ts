import type { Component } from '../language/component.ts';
import { localNames, unseenNames } from '../language/template-names.ts';
import { filters } from '../template/builtins/filters.ts';
import { globals } from '../template/builtins/globals.ts';
import { tests } from '../template/builtins/tests.ts';

/** What templates may name, with what it is. */
const contextNames: ReadonlyMap<string, string> = new Map([
  ['config', 'What the user has entered, as the spec describes it.'],
  ['parameters', 'The `$parameters` that reach this component.'],
  ...Object.entries(localNames),
]);

/** The names that a template of a component sees, functions aside; of an unknown one, all that there are. */
export function visibleNames(component: Component | undefined): ReadonlyMap<string, string> {
  const unseen: readonly string[] = unseenNames(component?.sees);
  return new Map([...contextNames].filter(([name]) => !unseen.includes(name)));
}

/** Where a name is known, when it is one that only some places know. */
export function aboutName(name: string): string | undefined {
  return contextNames.get(name);
}

export const functionNames: readonly string[] = [...globals.keys()];
export const filterNames: readonly string[] = Object.keys(filters);
export const testNames: readonly string[] = Object.keys(tests);
