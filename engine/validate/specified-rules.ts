import type { Rule } from './rule.ts';
import { checkOverrides } from './rules/check-overrides.ts';
import { exclusiveGroups } from './rules/exclusive-groups.ts';
import { streamRules } from './stream-rules.ts';

/** All rules, in the order in which their findings are given for one component. */
export const specifiedRules: readonly Rule[] = Object.freeze([
  ...streamRules,
  exclusiveGroups,
  checkOverrides,
]);
