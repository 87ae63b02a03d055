export {
  type Connector,
  connect,
  loadManifest,
  type Manifest,
  type ReadStreamsOptions,
} from './connector.ts';
export { ConnectorError, type ErrorKind, isConnectorError } from './error/connector-error.ts';
export type { Diagnostic } from './error/diagnostic.ts';
export type { Source } from './error/place.ts';
export { printDiagnostic, printError } from './error/print-location.ts';
export { defineHook, type Fields, type FieldValues, type Hook } from './language/component.ts';
export type * from './language/families.ts';
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
export type { Scope, StreamScope, SyncScope } from './language/scope.ts';
export { type Slot, slot } from './language/slots.ts';
export type { SyncEvent } from './sync/sync-event.ts';
export type { Surroundings } from './sync-scope.ts';
export type { JsonObject, JsonSchema } from './util/json.ts';
export { validateManifest } from './validate-manifest.ts';
