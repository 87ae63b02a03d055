import type { Family } from '../contract/families.ts';
import { filters } from '../template/builtins/filters.ts';
import { globals } from '../template/builtins/globals.ts';
import { tests } from '../template/builtins/tests.ts';
import { hiddenNames } from '../validate/rules/visible-names.ts';

/** What templates may name, with what it is. */
const contextNames: Readonly<Record<string, string>> = {
  config: 'What the user has entered, as the spec describes it.',
  parameters: 'The `$parameters` that reach this component.',
  record: 'The record at hand.',
  response: 'The body of the answer.',
  headers: 'The headers of the answer.',
  last_record: 'The last record of the page.',
  last_page_size: 'How many records the page had, before filters.',
  next_page_token: "The token of the page that is asked for: `next_page_token['next_page_token']`.",
  stream_slice: 'The part of the stream that is read: partition values and the window of the cursor.',
  stream_partition: 'The values of the partition, such as the id of the parent.',
  stream_interval: 'The window of the cursor: `start_time` and `end_time`.',
};

/** The names that a template in a component of this family sees, functions aside. */
export function visibleNames(family: Family | undefined): ReadonlyMap<string, string> {
  const hidden = hiddenNames(family);
  return new Map(Object.entries(contextNames).filter(([name]) => !hidden.includes(name)));
}

/** Where a name is known, when it is one that only some places know. */
export function aboutName(name: string): string | undefined {
  return contextNames[name];
}

export const functionNames: readonly string[] = [...globals.keys()];
export const filterNames: readonly string[] = Object.keys(filters);
export const testNames: readonly string[] = Object.keys(tests);
