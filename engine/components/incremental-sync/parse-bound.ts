import { ConnectorError } from '../../error/connector-error.ts';
import type { Place } from '../../error/place.ts';
import type { PyDateTime } from '../../time/datetime.ts';
import { formatProblem, parseDatetime } from '../../time/datetime-format.ts';
import { PythonError } from '../../time/python-error.ts';

/** A format, and where a manifest says it. */
export interface FormatAt {
  readonly format: string;
  /** Undefined where nothing says it. */
  readonly place: Place | undefined;
}

/** The start or end of a sync, which mostly comes from a config. Throws ConnectorError (config_error) at its place. */
export function parseBound(text: string, { format, place: formatPlace }: FormatAt, place: Place): PyDateTime {
  try {
    return parseDatetime(text, format);
  } catch (cause) {
    if (!(cause instanceof PythonError)) throw cause;
    const problem = formatProblem(format);
    // No text would do.
    if (problem !== undefined)
      throw new ConnectorError(`No time can be read by the format "${format}": ${problem}.`, {
        kind: 'config_error',
        nodes: [formatPlace ?? place],
        cause,
      });
    const message =
      text === ''
        ? `A datetime of the format "${format}" is expected here, and there is none.`
        : `"${text}" is not a datetime of the format "${format}", as is expected here.`;
    throw new ConnectorError(message, { kind: 'config_error', nodes: [place], cause });
  }
}
