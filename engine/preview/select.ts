import { JSONPath } from 'jsonpath-plus';
import { ConnectorError } from '../error/connector-error.ts';
import { messageOf } from '../util/text/message-of.ts';

/** What a JSONPath finds. Filters are evaluated without any code being run. Throws ConnectorError when it is none. */
export function selectPath(path: string, json: unknown): readonly unknown[] {
  if (typeof json !== 'object' || json === null) return path === '$' ? [json] : [];
  try {
    const found: unknown = JSONPath({ path, json, eval: 'safe' });
    return Array.isArray(found) ? found : [];
  } catch (thrown) {
    throw new ConnectorError(`"${path}" is not a JSONPath: ${messageOf(thrown)}.`, { kind: 'config_error' });
  }
}
