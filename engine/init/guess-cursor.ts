import { isObject, type JsonSchema } from '../util/json/json.ts';
import type { Operation, Parameter } from './api.ts';
import type { Guess } from './guess.ts';
import { snake } from './names.ts';

export interface CursorGuess {
  /** In records. */
  readonly field: string;
  /** That takes a time; undefined when the API cannot search by it. */
  readonly parameter: Parameter | undefined;
  readonly format: string;
}

const updated =
  /^(?:updated(?:_(?:at|on|date|time|datetime|timestamp))?|(?:last_)?modified(?:_(?:at|on|date|time))?|last_(?:updated|modified|changed)(?:_(?:at|on|date|time))?|date_(?:updated|modified)|modification_date|update_time|changed_at)$/;
const since =
  /^(?:since|(?:updated|modified|changed|last_modified|date_updated|date_modified|update)(?:_(?:at|on|date))?_?(?:since|after|from|gte?|min|start)|(?:min|from|start|since|after)_?(?:updated|modified)(?:_(?:at|on|date))?|modified_since|if_modified_since|updated_at_min|start_(?:date|time)|from_date|from)$/;

/** By which field a stream can go on; undefined when no record says when it changed. */
export function guessCursor({ parameters }: Operation, schema: JsonSchema): Guess<CursorGuess> | undefined {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const field = Object.keys(properties).find((name) => updated.test(snake(name)));
  if (field === undefined) return undefined;
  const described = properties[field];
  const types = isObject(described) ? [described.type].flat() : [];
  const format = types.includes('integer') || types.includes('number') ? '%s' : '%Y-%m-%dT%H:%M:%SZ';
  const parameter = parameters.find(({ name, in: place }) => place !== 'path' && since.test(snake(name)));
  if (parameter === undefined)
    return {
      value: { field, parameter: undefined, format },
      confidence: 0.3,
      why: `records have "${field}", but no parameter looks like a begin`,
    };
  const isNamed = /updat|modif|chang|since/i.test(parameter.name);
  return {
    value: { field, parameter, format },
    confidence: isNamed ? 0.8 : 0.5,
    why: `"${parameter.name}" looks like the begin of "${field}"`,
  };
}
