import { type ConnectorError, isConnectorError } from '../error/connector-error.ts';
import { redactedError } from '../error/redacted-error.ts';
import { createRedactor, type Redactor } from '../http/wire/redact.ts';
import type { JsonObject } from '../util/json/json.ts';
import { type Connector, configure } from './connector.ts';
import type { Manifest } from './load-manifest.ts';
import { requireUsable } from './require-usable.ts';
import type { Surroundings } from './sync-scope.ts';

export interface Work<T> {
  /** What to do with the connector. */
  readonly work: (connector: Connector, redactor: Redactor) => Promise<T>;
  /** What to do instead when the config is refused; by default the error is thrown. */
  readonly refused?: (error: ConnectorError) => Promise<T>;
}

/**
 * Configures a connector, does some work with it, and closes it in any case. What is thrown, by the config that does not
 * fit as by the work, holds no secret of the config.
 */
export async function withConnector<T>(
  manifest: Manifest,
  config: JsonObject,
  surroundings: Surroundings,
  { work, refused }: Work<T>,
): Promise<T> {
  requireUsable(manifest);
  const redactor = surroundings.redactor ?? createRedactor();
  let connector: Connector;
  try {
    connector = configure(manifest, config, { ...surroundings, redactor });
  } catch (thrown) {
    const error = redactedError(thrown, redactor.text);
    if (refused === undefined || !isConnectorError(thrown)) throw error;
    return refused(error);
  }
  try {
    return await work(connector, redactor);
  } catch (thrown) {
    throw redactedError(thrown, redactor.text);
  } finally {
    await connector.close();
  }
}
