export {
  type Connector,
  connect,
  loadManifest,
  type Manifest,
  type ReadStreamsOptions,
} from './connector.ts';
export { ConnectorError, type ErrorKind, isConnectorError } from './error/connector-error.ts';
export type { Diagnostic } from './error/diagnostic.ts';
export { printDiagnostic, printError } from './error/print-location.ts';
export { type Component, component, defineHook, type Hook } from './language/component.ts';
export type * from './language/families.ts';
export * from './language/fields.ts';
export type { Scope, StreamScope, SyncScope } from './language/scope.ts';
export * from './language/slots.ts';
export type { SyncEvent } from './sync/sync-event.ts';
export { validateManifest } from './validate-manifest.ts';
