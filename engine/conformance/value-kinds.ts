import type { ManifestNode } from '../manifest/node.ts';
import { typesOf } from './schema-walk.ts';

/** What the values of a field are, however their schema calls that. */
export type Kind = 'text' | 'number' | 'flag' | 'object' | 'list';

/** The kind of values that each type of JSON schema is for. */
export const kindsOfTypes: Readonly<Record<string, Kind>> = {
  string: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'flag',
  object: 'object',
  array: 'list',
};

/** The one kind of values that a schema allows, besides null; undefined when there are several. */
export function kindOf(node: ManifestNode): Kind | undefined {
  const types = new Set(typesOf(node).flatMap((type) => kindsOfTypes[type] ?? []));
  return types.size === 1 ? [...types][0] : undefined;
}

export const called: Readonly<Record<Kind, string>> = {
  text: 'a text',
  number: 'a number',
  flag: 'true or false',
  object: 'an object',
  list: 'a list',
};
