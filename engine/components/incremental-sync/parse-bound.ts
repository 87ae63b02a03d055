import { ConnectorError } from '../../error/connector-error.ts';
import type { Place } from '../../error/place.ts';
import type { PyDateTime } from '../../time/datetime.ts';
import { parseDatetime } from '../../time/datetime-format.ts';
import { PythonError } from '../../time/python-error.ts';

/** The start or end of a sync, which mostly comes from a config. Throws ConnectorError (config_error) at its place. */
export function parseBound(text: string, format: string, place: Place): PyDateTime {
  try {
    return parseDatetime(text, format);
  } catch (cause) {
    if (!(cause instanceof PythonError)) throw cause;
    const message =
      text === ''
        ? `A datetime of the format "${format}" is expected here, and there is none.`
        : `"${text}" is not a datetime of the format "${format}", as is expected here.`;
    throw new ConnectorError(message, { kind: 'config_error', nodes: [place], cause });
  }
}
