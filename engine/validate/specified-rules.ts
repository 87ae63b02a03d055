import type { Rules } from './rule.ts';
import { bodyTexts } from './rules/body-texts.ts';
import { checkOverrides } from './rules/check-overrides.ts';
import { checkedStreams } from './rules/checked-streams.ts';
import { configFields } from './rules/config-fields.ts';
import { dictMethods } from './rules/dict-methods.ts';
import { distinctOptions } from './rules/distinct-options.ts';
import { distinctValues } from './rules/distinct-values.ts';
import { emptyNames } from './rules/empty-names.ts';
import { exclusiveGroups } from './rules/exclusive-groups.ts';
import { filteredPages } from './rules/filtered-pages.ts';
import { fittingDefaults } from './rules/fitting-defaults.ts';
import { fittingWeights } from './rules/fitting-weights.ts';
import { givenParameters } from './rules/given-parameters.ts';
import { joinedPartitions } from './rules/joined-partitions.ts';
import { jsonSchemas } from './rules/json-schemas.ts';
import { knownFields } from './rules/known-fields.ts';
import { knownNames } from './rules/known-names.ts';
import { knownVersion } from './rules/known-version.ts';
import { leadingPaths } from './rules/leading-paths.ts';
import { literalDates } from './rules/literal-dates.ts';
import { misreadTexts } from './rules/misread-texts.ts';
import { orderedDates } from './rules/ordered-dates.ts';
import { pageSizes } from './rules/page-sizes.ts';
import { possibleNumbers } from './rules/possible-numbers.ts';
import { reachableChoices } from './rules/reachable-choices.ts';
import { readableFormats } from './rules/readable-formats.ts';
import { requestPaths } from './rules/request-paths.ts';
import { requestUrls } from './rules/request-urls.ts';
import { runtimeRefusals } from './rules/runtime-refusals.ts';
import { schemaFiles } from './rules/schema-files.ts';
import { schemaMembers } from './rules/schema-members.ts';
import { sendableHeaders } from './rules/sendable-headers.ts';
import { separateValues } from './rules/separate-values.ts';
import { settablePlaces } from './rules/settable-places.ts';
import { singleBodies } from './rules/single-bodies.ts';
import { sliceFields } from './rules/slice-fields.ts';
import { streamGroups } from './rules/stream-groups.ts';
import { streamNames } from './rules/stream-names.ts';
import { unreviewedGuesses } from './rules/unreviewed-guesses.ts';
import { visibleNames } from './rules/visible-names.ts';
import { streamRules } from './stream-rules.ts';

/** All rules by their names, in the order in which their findings are given for one component. */
export const specifiedRules = Object.freeze({
  'known-version': knownVersion,
  'unreviewed-guess': unreviewedGuesses,
  'known-fields': knownFields,
  'known-names': knownNames,
  'misread-texts': misreadTexts,
  'readable-formats': readableFormats,
  'literal-dates': literalDates,
  'ordered-dates': orderedDates,
  'request-urls': requestUrls,
  'request-paths': requestPaths,
  'page-sizes': pageSizes,
  'single-bodies': singleBodies,
  'distinct-options': distinctOptions,
  'joined-partitions': joinedPartitions,
  'fitting-weights': fittingWeights,
  'sendable-headers': sendableHeaders,
  'separate-values': separateValues,
  'settable-places': settablePlaces,
  'empty-names': emptyNames,
  'leading-paths': leadingPaths,
  'possible-numbers': possibleNumbers,
  'distinct-values': distinctValues,
  'given-parameters': givenParameters,
  'slice-fields': sliceFields,
  'config-fields': configFields,
  'dict-methods': dictMethods,
  'visible-names': visibleNames,
  'json-schemas': jsonSchemas,
  'fitting-defaults': fittingDefaults,
  'schema-members': schemaMembers,
  'schema-files': schemaFiles,
  'runtime-refusals': runtimeRefusals,
  'reachable-choices': reachableChoices,
  'filtered-pages': filteredPages,
  'body-texts': bodyTexts,
  'checked-streams': checkedStreams,
  'stream-names': streamNames,
  'stream-groups': streamGroups,
  'exclusive-groups': exclusiveGroups,
  'check-overrides': checkOverrides,
  ...streamRules,
} satisfies Rules);

/** What finds something: a rule, the reading of one component's fields, or that of the whole text. */
export type FindingCode = keyof typeof specifiedRules | 'fields' | 'manifest';
