import { ConnectorError } from '../../error/connector-error.ts';
import type { JsonSchema } from '../../util/json/json.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';

/** A type of the platform, two of which either may hold, or a list with its items. */
export type FieldType = string | readonly string[] | ComplexType;

export interface ComplexType {
  readonly field_type: string;
  readonly items?: string | ComplexType | undefined;
}

/** The JSON schemas of the platform's data types, by name. Every value may be null. */
const schemas: Readonly<Record<string, () => JsonSchema>> = {
  string: () => nullable('string'),
  boolean: () => nullable('boolean'),
  integer: () => nullable('integer'),
  number: () => nullable('number'),
  array: () => nullable('array'),
  object: () => nullable('object'),
  date: () => ({ ...nullable('string'), format: 'date' }),
  timestamp_with_timezone: () => ({ ...nullable('string'), format: 'date-time' }),
  timestamp_without_timezone: () => ({
    ...nullable('string'),
    format: 'date-time',
    airbyte_type: 'timestamp_without_timezone',
  }),
  time_with_timezone: () => ({ ...nullable('string'), format: 'time', airbyte_type: 'time_with_timezone' }),
  time_without_timezone: () => ({
    ...nullable('string'),
    format: 'time',
    airbyte_type: 'time_without_timezone',
  }),
};

function nullable(type: string): JsonSchema {
  return { type: ['null', type] };
}

export function isDataType(name: string): boolean {
  return Object.hasOwn(schemas, name);
}

export function notAType(name: string): string {
  return `"${name}" is not a data type.${didYouMean(name, Object.keys(schemas))}`;
}

/** The JSON schema of a field type. Throws for unknown names. */
export function schemaOfType(type: unknown): JsonSchema {
  if (typeof type === 'string') return schemaOfName(type);
  if (Array.isArray(type)) {
    const [first, second] = type;
    if (type.length === 2 && typeof first === 'string' && typeof second === 'string') {
      return { oneOf: [schemaOfName(first), schemaOfName(second)] };
    }
  } else if (isComplex(type)) {
    const { field_type, items } = type;
    return items === undefined
      ? schemaOfName(field_type)
      : { ...schemaOfName(field_type), items: schemaOfType(items) };
  }
  throw new ConnectorError(
    `The type of a field must be a name or a list of two names, but the API gave ${JSON.stringify(type)}. "types_mapping" can say what it means.`,
    { kind: 'config_error' },
  );
}

function isComplex(type: unknown): type is ComplexType {
  return typeof type === 'object' && type !== null && 'field_type' in type;
}

function schemaOfName(name: string): JsonSchema {
  if (isDataType(name)) return (schemas[name] as () => JsonSchema)();
  throw new ConnectorError(`${notAType(name)} "types_mapping" can say what it means.`, {
    kind: 'config_error',
  });
}
