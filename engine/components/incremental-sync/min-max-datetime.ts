import type { Place } from '../../error/place.ts';
import { component } from '../../language/component.ts';
import { datetimeFormat } from '../../language/field-types/datetime-format.ts';
import { type Evaluate, template } from '../../language/fields.ts';
import { fieldOf } from '../../manifest/node.ts';
import { pyStr } from '../../template/python-values.ts';
import { compareDatetimes, type PyDateTime } from '../../time/datetime.ts';
import { parseBound } from './parse-bound.ts';

const defaultFormat = '%Y-%m-%dT%H:%M:%S.%f%z';

/** A moment between two others. */
export const MinMaxDatetime = component({
  family: 'DatetimeBound',
  type: 'MinMaxDatetime',
  doc: 'A datetime that is kept between a lowest and a highest one.',
  sees: [],
  fields: () => ({
    datetime: template().describe('The datetime.'),
    datetime_format: datetimeFormat()
      .default('')
      .describe('How all three datetimes are written; by default as the cursor writes them.'),
    max_datetime: template().optional().describe('The result is this one when the datetime is later.'),
    min_datetime: template().optional().describe('The result is this one when the datetime is earlier.'),
  }),
  make(fields, scope) {
    const datetime = fields.datetime(scope);
    const lowest = fields.min_datetime?.(scope);
    const highest = fields.max_datetime?.(scope);
    const placeOf = (field: string) => (fieldOf(scope.node, field) ?? scope.node).place;
    return Object.freeze({
      datetime(inherited?: string, inheritedFrom?: Place) {
        const format = fields.datetime_format || inherited || defaultFormat;
        const place = fields.datetime_format ? placeOf('datetime_format') : inheritedFrom;
        const parse = (field: string, text: string) => parseBound(text, { format, place }, placeOf(field));
        const optional = (field: string, evaluate: Evaluate | undefined): PyDateTime | undefined => {
          const text = evaluate === undefined ? '' : pyStr(evaluate());
          return text === '' ? undefined : parse(field, text);
        };
        let result = parse('datetime', pyStr(datetime()));
        const floor = optional('min_datetime', lowest);
        if (floor !== undefined && compareDatetimes(floor, result) > 0) result = floor;
        const ceiling = optional('max_datetime', highest);
        if (ceiling !== undefined && compareDatetimes(ceiling, result) < 0) result = ceiling;
        return result;
      },
    });
  },
});
