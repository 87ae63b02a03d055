import type * as z from 'zod';
import type { Place, Source } from '../error/place.ts';
import { placeInJson } from '../error/place-in-json.ts';

const nouns: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  record: 'an object',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

/** How to parse what `describeIssue` explains: it must see whether a value is missing. It never shows one. */
export const describable = { reportInput: true } as const;

/** What is wrong with a JSON file, as the rest of a sentence: `"streams[0].sync_mode" must be "full_refresh" or …`. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const where = issue.path.length === 0 ? 'it' : `"${pathText(issue.path)}"`;
  if (issue.code === 'invalid_type') {
    return issue.input === undefined
      ? `${where} is missing`
      : `${where} must be ${nouns[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === 'invalid_value')
    return `${where} must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  return `${where}: ${issue.message}`;
}

/** Where it is wrong, as places of an error; none where the text is not at hand. */
export function placesOf(source: Source, path: readonly PropertyKey[]): readonly Place[] {
  const place = placeInJson(source, path);
  return place === undefined ? [] : [place];
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}
