export {
  type Connector,
  connect,
  loadManifest,
  type Manifest,
  type ReadStreamsOptions,
} from './connector/connector.ts';
export type { Surroundings } from './connector/sync-scope.ts';
export type * from './contract/families.ts';
export type { Scope, StreamScope, SyncScope } from './contract/scope.ts';
export { ConnectorError, type ErrorKind, isConnectorError } from './error/connector-error.ts';
export type { Diagnostic } from './error/diagnostic.ts';
export type { Source } from './error/place.ts';
export { printDiagnostic, printError } from './error/print-location.ts';
export { defineHook, type Fields, type FieldValues, type Hook } from './language/component.ts';
export {
  condition,
  type Deferred,
  type Evaluate,
  nestedTemplate,
  numberOrTemplate,
  optionalCondition,
  template,
  templateMapping,
} from './language/fields.ts';
export { type Slot, slot } from './language/slots.ts';
export type { SyncEvent } from './sync/read/sync-event.ts';
export type { JsonObject, JsonSchema } from './util/json/json.ts';
export { validateManifest } from './validate/validate-manifest.ts';
