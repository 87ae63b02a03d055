import { ConnectorError } from '../error/connector-error.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';

/** How much the connector builder reads. */
export interface BuilderLimits {
  readonly records: number;
  readonly pagesPerSlice: number;
  readonly slices: number;
  /** Streams made of each dynamic stream. */
  readonly streams: number;
  /** Requests are repeated and answers kept as in a sync. */
  readonly isAsInSync?: boolean;
}

export const defaultLimits: BuilderLimits = Object.freeze({
  records: 100,
  pagesPerSlice: 5,
  slices: 5,
  streams: 100,
});

/** The limits in a config's `__test_read_config`. */
export function limitsOf(config: JsonObject): BuilderLimits {
  const given = config.__test_read_config;
  if (given === undefined || given === null) return defaultLimits;
  if (!isObject(given))
    throw new ConnectorError('"__test_read_config" in the config must be a mapping of limits.', {
      kind: 'config_error',
    });
  const read = (name: string, otherwise: number): number => {
    const value = given[name] ?? otherwise;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
    throw new ConnectorError(`"${name}" in "__test_read_config" must be a whole number from 1 on.`, {
      kind: 'config_error',
    });
  };
  return {
    records: read('max_records', defaultLimits.records),
    pagesPerSlice: read('max_pages_per_slice', defaultLimits.pagesPerSlice),
    slices: read('max_slices', defaultLimits.slices),
    streams: read('max_streams', defaultLimits.streams),
  };
}
