/** A type as destinations know it. */
export interface TypeCombination {
  readonly type: string;
  readonly format?: string | undefined;
  readonly airbyteType?: string | undefined;
}

const formats: Readonly<Record<string, readonly (string | undefined)[]>> = {
  date: [undefined],
  'date-time': [undefined, 'timestamp_with_timezone', 'timestamp_without_timezone'],
  time: [undefined, 'time_with_timezone', 'time_without_timezone'],
};

/** Airbyte's table of types for the columns of a stream: type, then format and `airbyte_type` where it has one. */
export function isKnownType({ type, format, airbyteType }: TypeCombination): boolean {
  switch (type) {
    case 'string':
      if (format === undefined)
        return [undefined, 'big_integer', 'big_number', 'binary_data'].includes(airbyteType);
      return formats[format]?.includes(airbyteType) === true;
    case 'integer':
      return format === undefined && [undefined, 'integer', 'big_integer'].includes(airbyteType);
    case 'number':
      return (
        format === undefined &&
        [undefined, 'integer', 'big_integer', 'big_number', 'number'].includes(airbyteType)
      );
    case 'boolean':
    case 'object':
    case 'array':
    case 'null':
      return format === undefined && airbyteType === undefined;
    default:
      return false;
  }
}
