import { isObject, type JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { daysBefore, isBegin } from '../../util/schema/example-moments.ts';
import { exampleValue } from '../../util/schema/example-value.ts';

const day = 86_400_000;

/** A config whose periods begin so many days before `now`, where somebody has made up when they begin. */
export function laterConfig(config: JsonObject, schema: JsonObject, now: number, days: number): JsonObject {
  const [usual, later] = [now, now + (daysBefore - days) * day].map((moment) =>
    exampleValue(schema, { now: moment, wants: () => true }),
  );
  return shifted(config, usual, later) as JsonObject;
}

function shifted(own: unknown, usual: unknown, later: unknown, name = ''): unknown {
  if (isObject(own) && isObject(usual) && isObject(later))
    return Object.fromEntries(
      Object.entries(own).map(([key, value]) => [key, shifted(value, usual[key], later[key], key)]),
    );
  // The end of a period stays where it is, and so does what is written in a config.
  return isBegin(name) && later !== undefined && toJsonText(own) === toJsonText(usual ?? null) ? later : own;
}
