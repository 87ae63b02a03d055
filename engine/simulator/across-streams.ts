import { toValue } from '../manifest/node.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import type { ComponentAt } from '../validate/visit.ts';
import { findNumericKeys } from './numeric-keys.ts';

/**
 * What the answers for one stream take from others that are neither its parents nor its children: all of them log in at one
 * token endpoint, and a parent's keys are numbers where any child takes them for such.
 */
export function acrossStreams(components: readonly ComponentAt[]): string {
  const askers = components.filter(({ traits }) => traits.asksForTokens === true);
  const numeric = [...findNumericKeys(components)].map(([stream, keys]) => [stream, [...keys]]);
  return toJsonText([askers.map(({ node }) => toValue(node)), numeric]);
}
