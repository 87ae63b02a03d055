import { nodeCrypto } from '../util/bytes/node-crypto.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { alternativesOf } from '../util/schema/alternatives-of.ts';

/** What a destination was filled from. */
export interface Identity {
  /** The manifest's name. */
  readonly connector: string;
  /** SHA-256 of the config without secrets and start dates, as hexadecimal digits. */
  readonly config: string;
  /** The dates from which on the config reads, by their names. */
  readonly start: JsonObject;
}

/** `spec` is the connection specification; without one, fields are told apart by their names alone. */
export function identityOf(connector: string, config: JsonObject, spec: JsonObject | undefined): Identity {
  const start: JsonObject = {};
  const rest = strip(config, spec ?? {}, (name, value) => {
    start[name] = value;
  });
  const text = JSON.stringify(sorted(rest));
  return { connector, config: nodeCrypto().createHash('sha256').update(text).digest('hex'), start };
}

/** Tokens are renewed, and a moved start date is a reason to read again, not another connection. */
function strip(
  config: JsonObject,
  schema: JsonObject,
  onStart: (name: string, value: unknown) => void,
): JsonObject {
  const rest: JsonObject = {};
  for (const [name, value] of Object.entries(config)) {
    const schemas = propertySchemas(schema, name);
    if (name.startsWith('__') || schemas.some(({ airbyte_secret }) => airbyte_secret === true)) continue;
    if (isStartDate(name)) onStart(name, value);
    else if (isObject(value)) rest[name] = strip(value, { allOf: schemas }, onStart);
    else rest[name] = typeof value === 'string' ? withoutLocalPort(value) : value;
  }
  return rest;
}

/** Whether a config field of this name says from which date on to read. */
export function isStartDate(name: string): boolean {
  return /^(replication_)?start_?(date|time|datetime|timestamp)?$/i.test(name);
}

function propertySchemas(schema: JsonObject, name: string): JsonObject[] {
  const own = isObject(schema.properties) ? schema.properties[name] : undefined;
  return [
    ...(isObject(own) ? [own] : []),
    ...alternativesOf(schema).flatMap((alternative) => propertySchemas(alternative, name)),
  ];
}

/** A server on this machine is the same one when it comes back on another port. */
function withoutLocalPort(text: string): string {
  return text.replace(/^(https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])):\d+/, '$1');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  );
}

/** "the connector x with another config" when two are not the same connection; a moved start is no difference. */
export function otherThan(before: Identity, now: Identity): string | undefined {
  if (before.connector !== now.connector) return `the connector "${before.connector}"`;
  return before.config === now.config ? undefined : `the connector "${before.connector}" with another config`;
}

/** "\"start_date\" has changed from a to b", for each of them. */
export function movedStarts(before: JsonObject, now: JsonObject): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].flatMap((name) => {
    const [from, to] = [JSON.stringify(before[name]), JSON.stringify(now[name])];
    return from === to ? [] : [`"${name}" has changed from ${from ?? 'nothing'} to ${to ?? 'nothing'}`];
  });
}
