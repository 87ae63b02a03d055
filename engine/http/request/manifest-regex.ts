import { ConnectorError } from '../../error/connector-error.ts';
import { pythonRegex, type Regex, type RegexMode } from '../../util/python/python-regex.ts';
import { messageOf } from '../../util/text/message-of.ts';

/** A pattern from a manifest, in Python's syntax. Throws ConnectorError (config_error) when it cannot be read. */
export function manifestRegex(pattern: string, mode: RegexMode): Regex {
  try {
    return pythonRegex(pattern, mode);
  } catch (cause) {
    throw new ConnectorError(`"${pattern}" is not a regular expression: ${messageOf(cause)}.`, {
      kind: 'config_error',
      cause,
    });
  }
}
