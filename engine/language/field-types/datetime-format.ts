import * as z from 'zod';

/** The zod types of fields that are datetime formats; whether each of them makes sense is for a rule to say. */
export const datetimeFormats = z.registry<{ readonly isFormat: true }>();

/** A datetime format: strptime's directives, or `%s`, `%ms`, `%s_as_float`, `%epoch_microseconds`. */
export function datetimeFormat() {
  const type = z.string();
  datetimeFormats.add(type, { isFormat: true });
  return type;
}
