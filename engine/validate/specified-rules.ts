import type { Rule } from './rule.ts';
import { checkOverrides } from './rules/check-overrides.ts';
import { checkedStreams } from './rules/checked-streams.ts';
import { exclusiveGroups } from './rules/exclusive-groups.ts';
import { knownFields } from './rules/known-fields.ts';
import { knownNames } from './rules/known-names.ts';
import { knownVersion } from './rules/known-version.ts';
import { streamNames } from './rules/stream-names.ts';
import { streamRules } from './stream-rules.ts';

/** All rules, in the order in which their findings are given for one component. */
export const specifiedRules: readonly Rule[] = Object.freeze([
  knownVersion,
  knownFields,
  knownNames,
  checkedStreams,
  streamNames,
  exclusiveGroups,
  checkOverrides,
  ...streamRules,
]);
