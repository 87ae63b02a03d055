import * as z from 'zod';
import { ConnectorError } from '../error/connector-error.ts';
import type { Source } from '../error/place.ts';
import { isObject } from '../util/json/json.ts';
import { describable, describeIssue, placesOf } from './describe-issue.ts';

const configuredStream = z.looseObject({
  stream: z.looseObject({
    name: z.string(),
    namespace: z.string().nullish(),
    json_schema: z.record(z.string(), z.unknown()).nullish(),
  }),
  sync_mode: z.enum(['full_refresh', 'incremental']).nullish(),
  cursor_field: z.array(z.string()).nullish(),
  primary_key: z.array(z.array(z.string())).nullish(),
  generation_id: z.number().nullish(),
  minimum_generation_id: z.number().nullish(),
  sync_id: z.number().nullish(),
});

const configuredCatalog = z.looseObject({ streams: z.array(configuredStream) });

/** The streams that the user chose, as the platform passes them. */
export type ConfiguredCatalog = z.output<typeof configuredCatalog>;

/** Checks that parsed JSON is a configured catalog. */
export function parseConfiguredCatalog(value: unknown, source: Source): ConfiguredCatalog {
  const result = configuredCatalog.safeParse(value, describable);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const hint = isDiscovered(value)
    ? ' It looks like what "discover" prints: each of its streams must be under "stream", beside a "sync_mode".'
    : '';
  throw new ConnectorError(
    `The catalog ${source.name} cannot be used: ${issue === undefined ? 'it is not one' : describeIssue(issue)}.${hint}`,
    { kind: 'config_error', nodes: placesOf(source, issue?.path ?? []) },
  );
}

/** A CATALOG message, or the catalog inside of one. */
function isDiscovered(value: unknown): boolean {
  const catalog = isObject(value) && isObject(value.catalog) ? value.catalog : value;
  const streams = isObject(catalog) ? catalog.streams : undefined;
  return Array.isArray(streams) && streams.some((stream) => isObject(stream) && 'json_schema' in stream);
}
