import type { Check } from './check.ts';
import { addedKeys } from './checks/added-keys.ts';
import { askedStates } from './checks/asked-states.ts';
import { authenticatorChoices } from './checks/authenticator-choices.ts';
import { backoffHeaders } from './checks/backoff-headers.ts';
import { backoffTimes } from './checks/backoff-times.ts';
import { catalog } from './checks/catalog.ts';
import { catalogCompatible } from './checks/catalog-compatible.ts';
import { copiedStreams } from './checks/copied-streams.ts';
import { countedPaths } from './checks/counted-paths.ts';
import { credentialsSent } from './checks/credentials-sent.ts';
import { cursorFields } from './checks/cursor-fields.ts';
import { cursorFormat } from './checks/cursor-format.ts';
import { cursorInSchema } from './checks/cursor-in-schema.ts';
import { cursorNames } from './checks/cursor-names.ts';
import { cursorPeers } from './checks/cursor-peers.ts';
import { cursorReads } from './checks/cursor-reads.ts';
import { decoderKinds } from './checks/decoder-kinds.ts';
import { definitionUses } from './checks/definition-uses.ts';
import { emptyValues } from './checks/empty-values.ts';
import { expectedRecords } from './checks/expected-records.ts';
import { feedOrder } from './checks/feed-order.ts';
import { fieldDescriptions } from './checks/field-descriptions.ts';
import { fieldTypes } from './checks/field-types.ts';
import { filterCodes } from './checks/filter-codes.ts';
import { filterDirection } from './checks/filter-direction.ts';
import { filterPredicates } from './checks/filter-predicates.ts';
import { grantTypes } from './checks/grant-types.ts';
import { granularities } from './checks/granularities.ts';
import { graphqlPages } from './checks/graphql-pages.ts';
import { headerValues } from './checks/header-values.ts';
import { hosts } from './checks/hosts.ts';
import { knownCatalogs } from './checks/known-catalogs.ts';
import { knownStates } from './checks/known-states.ts';
import { listSteps } from './checks/list-steps.ts';
import { manifestValid } from './checks/manifest-valid.ts';
import { misspeltNames } from './checks/misspelt-names.ts';
import { momentFormats } from './checks/moment-formats.ts';
import { nameForms } from './checks/name-forms.ts';
import { namedFiles } from './checks/named-files.ts';
import { namedValues } from './checks/named-values.ts';
import { nearCopies } from './checks/near-copies.ts';
import { oppositeConditions } from './checks/opposite-conditions.ts';
import { optionKinds } from './checks/option-kinds.ts';
import { optionPairs } from './checks/option-pairs.ts';
import { ownSchemas } from './checks/own-schemas.ts';
import { pageConditions } from './checks/page-conditions.ts';
import { pageSizes } from './checks/page-sizes.ts';
import { pageStart } from './checks/page-start.ts';
import { pageTokens } from './checks/page-tokens.ts';
import { pagingOptions } from './checks/paging-options.ts';
import { parentIdentities } from './checks/parent-identities.ts';
import { parentKeys } from './checks/parent-keys.ts';
import { parentStreams } from './checks/parent-streams.ts';
import { partitionOptions } from './checks/partition-options.ts';
import { partitionProducts } from './checks/partition-products.ts';
import { pathJoins } from './checks/path-joins.ts';
import { pathWords } from './checks/path-words.ts';
import { pkDeclared } from './checks/pk-declared.ts';
import { pkIdentity } from './checks/pk-identity.ts';
import { pkInSchema } from './checks/pk-in-schema.ts';
import { pkParents } from './checks/pk-parents.ts';
import { pkParts } from './checks/pk-parts.ts';
import { pkScalar } from './checks/pk-scalar.ts';
import { rangeNames } from './checks/range-names.ts';
import { readStates } from './checks/read-states.ts';
import { recordBeginnings } from './checks/record-beginnings.ts';
import { recordEnvelopes } from './checks/record-envelopes.ts';
import { recordPath } from './checks/record-path.ts';
import { recordReads } from './checks/record-reads.ts';
import { requestMethods } from './checks/request-methods.ts';
import { requestOpenapi } from './checks/request-openapi.ts';
import { sameRequests } from './checks/same-requests.ts';
import { schemaKeywords } from './checks/schema-keywords.ts';
import { schemaNames } from './checks/schema-names.ts';
import { schemaOpen } from './checks/schema-open.ts';
import { schemaRefs } from './checks/schema-refs.ts';
import { schemaTypes } from './checks/schema-types.ts';
import { schemaValid } from './checks/schema-valid.ts';
import { schemaWords } from './checks/schema-words.ts';
import { sharedFilters } from './checks/shared-filters.ts';
import { specArrays } from './checks/spec-arrays.ts';
import { specCompatible } from './checks/spec-compatible.ts';
import { specConfig } from './checks/spec-config.ts';
import { specCredentials } from './checks/spec-credentials.ts';
import { specDates } from './checks/spec-dates.ts';
import { specDefaults } from './checks/spec-defaults.ts';
import { specDisplay } from './checks/spec-display.ts';
import { specEnums } from './checks/spec-enums.ts';
import { specGroups } from './checks/spec-groups.ts';
import { specOauth } from './checks/spec-oauth.ts';
import { specOauthFirst } from './checks/spec-oauth-first.ts';
import { specObjects } from './checks/spec-objects.ts';
import { specOneof } from './checks/spec-oneof.ts';
import { specOpen } from './checks/spec-open.ts';
import { specOptional } from './checks/spec-optional.ts';
import { specOrder } from './checks/spec-order.ts';
import { specRefs } from './checks/spec-refs.ts';
import { specRequired } from './checks/spec-required.ts';
import { specSecrets } from './checks/spec-secrets.ts';
import { specSimple } from './checks/spec-simple.ts';
import { specSnapshot } from './checks/spec-snapshot.ts';
import { specTypes } from './checks/spec-types.ts';
import { specUsed } from './checks/spec-used.ts';
import { startLimits } from './checks/start-limits.ts';
import { streamsAgree } from './checks/streams-agree.ts';
import { suggestedStreams } from './checks/suggested-streams.ts';
import { syncModes } from './checks/sync-modes.ts';
import { templateFormats } from './checks/template-formats.ts';
import { windowLengths } from './checks/window-lengths.ts';
import { windowOptions } from './checks/window-options.ts';
import { windowUnits } from './checks/window-units.ts';
import { wordNumbers } from './checks/word-numbers.ts';
import { simulatedChecks } from './simulated-checks.ts';

/** All checks, in the order in which they run and are listed. */
export const specifiedChecks: readonly Check[] = Object.freeze([
  manifestValid,
  // The config.
  specConfig,
  specSnapshot,
  specRefs,
  specOpen,
  specEnums,
  specTypes,
  specObjects,
  specArrays,
  specOneof,
  specSimple,
  specDates,
  specDefaults,
  specOrder,
  specGroups,
  specDisplay,
  specOauth,
  specOauthFirst,
  specSecrets,
  specRequired,
  specCredentials,
  specOptional,
  specUsed,
  definitionUses,
  authenticatorChoices,
  specCompatible,
  // The catalog.
  catalog,
  schemaValid,
  schemaRefs,
  schemaKeywords,
  schemaWords,
  schemaNames,
  schemaOpen,
  schemaTypes,
  cursorInSchema,
  pkInSchema,
  fieldTypes,
  fieldDescriptions,
  ownSchemas,
  pkScalar,
  pkIdentity,
  pkParents,
  pkParts,
  pkDeclared,
  syncModes,
  catalogCompatible,
  hosts,
  suggestedStreams,
  knownCatalogs,
  requestOpenapi,
  // What names say of pages, windows and failures.
  credentialsSent,
  grantTypes,
  requestMethods,
  sameRequests,
  pathJoins,
  namedValues,
  rangeNames,
  optionPairs,
  optionKinds,
  askedStates,
  pathWords,
  wordNumbers,
  oppositeConditions,
  emptyValues,
  parentKeys,
  parentStreams,
  parentIdentities,
  partitionOptions,
  partitionProducts,
  misspeltNames,
  nameForms,
  streamsAgree,
  nearCopies,
  copiedStreams,
  pagingOptions,
  pageSizes,
  pageStart,
  pageConditions,
  headerValues,
  pageTokens,
  graphqlPages,
  recordPath,
  recordBeginnings,
  recordEnvelopes,
  listSteps,
  recordReads,
  addedKeys,
  decoderKinds,
  filterDirection,
  cursorFormat,
  cursorReads,
  momentFormats,
  granularities,
  templateFormats,
  cursorNames,
  cursorFields,
  cursorPeers,
  windowOptions,
  windowUnits,
  windowLengths,
  startLimits,
  feedOrder,
  filterCodes,
  filterPredicates,
  sharedFilters,
  countedPaths,
  backoffTimes,
  backoffHeaders,
  // The records and states of a connector's folder.
  expectedRecords,
  knownStates,
  readStates,
  namedFiles,
  // What a run against an API that is made out of the manifest shows.
  ...simulatedChecks,
]);
