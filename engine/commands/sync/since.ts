import { isStartDate } from '../../destinations/identity.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { matchesPattern } from '../../util/schema/schema-values.ts';
import { quotedList } from '../../util/text/quoted-list.ts';

const units = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * The moment that `--since` names: a day, a date with a time, or how long ago (`30d`, `12h`). Milliseconds. One that is
 * still to come is refused: states would say that all until then has been read.
 */
export function readSince(text: string, now: number): number {
  const [, count, unit] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  const ago = count === undefined ? undefined : now - Number(count) * units[unit as keyof typeof units];
  // Years of four digits are what every API takes.
  if (ago !== undefined && ago > 0) return ago;
  const moment = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (moment > now)
    throw new ConnectorError(
      `--since ${JSON.stringify(text)} is still to come: nothing has changed since then.`,
      {
        kind: 'config_error',
      },
    );
  if (!Number.isNaN(moment)) return moment;
  throw new ConnectorError(
    `--since ${JSON.stringify(text)} is no date. Give 2026-01-31, 2026-01-31T12:00:00Z, or how long ago: 30d, 12h.`,
    { kind: 'config_error' },
  );
}

/**
 * The config with its start date moved to `since`, in the form that the spec asks for. Throws ConnectorError (config_error)
 * when the connector has no start date.
 */
export function startingAt(config: JsonObject, schema: JsonObject | undefined, since: number): JsonObject {
  const properties = isObject(schema?.properties) ? schema.properties : {};
  const names = [...new Set([...Object.keys(properties), ...Object.keys(config)])].filter(isStartDate);
  if (names.length === 0)
    throw new ConnectorError(
      `--since has nothing to set: the config of this connector has no start date.${
        Object.keys(properties).length > 0 ? ` It has ${quotedList(Object.keys(properties))}.` : ''
      }`,
      { kind: 'config_error' },
    );
  return { ...config, ...Object.fromEntries(names.map((name) => [name, written(since, properties[name])])) };
}

function written(since: number, schema: unknown): string | number {
  const { format, pattern, type } = isObject(schema) ? schema : {};
  const text = new Date(since).toISOString();
  if (type === 'integer' || type === 'number') return Math.floor(since / 1000);
  if (format === 'date') return text.slice(0, 10);
  const forms = [`${text.slice(0, 19)}Z`, text, text.slice(0, 10), text.slice(0, 19)];
  if (typeof pattern !== 'string') return forms[0] as string;
  return forms.find((form) => matchesPattern(form, pattern) === true) ?? (forms[0] as string);
}
