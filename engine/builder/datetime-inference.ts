import { parseDatetime } from '../time/datetime-format.ts';
import type { JsonObject } from '../util/json/json.ts';

/** The formats that are recognised, the likeliest first. */
const formats = [
  '%Y-%m-%d',
  '%Y-%m-%d %H:%M:%S',
  '%Y-%m-%dT%H:%M:%SZ',
  '%Y-%m-%dT%H:%M:%S.%fZ',
  '%Y-%m-%d %H:%M:%S.%f%z',
  '%Y-%m-%dT%H:%M:%S.%f%z',
  '%s',
  '%ms',
  '%d/%m/%Y %H:%M',
  '%Y-%m',
  '%d-%m-%Y',
];

export interface DatetimeInference {
  add(record: JsonObject): void;
  /** The format of each top-level field that was a time in every record, always in this format. */
  result(): Record<string, string>;
}

/** Finds the fields that are times: the first record proposes them, the others may rule them out. */
export function createDatetimeInference(): DatetimeInference {
  let found: Map<string, string> | undefined;
  return Object.freeze({
    add(record: JsonObject) {
      if (found === undefined) {
        found = new Map();
        for (const [name, value] of Object.entries(record)) {
          if (!mayBeTime(value)) continue;
          const format = formats.find((candidate) => matches(value, candidate));
          if (format !== undefined) found.set(name, format);
        }
        return;
      }
      for (const [name, format] of found) {
        const value = record[name];
        if (!mayBeTime(value) || !matches(value, format)) found.delete(name);
      }
    },
    result: () => Object.fromEntries(found ?? []),
  });
}

/** Text, or a whole number that is a recent time in seconds or milliseconds. */
function mayBeTime(value: unknown): value is string | number {
  if (typeof value === 'number') return Number.isInteger(value) && isRecent(value);
  if (typeof value !== 'string') return false;
  const text = value.trim();
  return !/^[+-]?\d+(?:_\d+)*$/.test(text) || isRecent(Number(text.replaceAll('_', '')));
}

function isRecent(value: number): boolean {
  return (value >= 1e9 && value < 2e9) || (value >= 1e12 && value < 2e12);
}

function matches(value: string | number, format: string): boolean {
  try {
    parseDatetime(value, format);
    return true;
  } catch {
    return false;
  }
}
