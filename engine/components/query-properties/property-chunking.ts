import * as z from 'zod';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { groupKey } from './group-key.ts';

/** Separators between properties count as if they were escaped. */
const separatorLength = 3;

/** Splits the properties into as many requests as the limit of the API requires. */
export const PropertyChunking = component({
  family: 'PropertyChunking',
  type: 'PropertyChunking',
  doc: 'Splits the properties into chunks, each of which is a request.',
  fields: () => ({
    property_limit_type: z
      .enum(['characters', 'property_count'])
      .describe('Whether the limit counts characters or properties.'),
    property_limit: z.int().optional().describe('The most that fits into one chunk; no limit when left out.'),
    record_merge_strategy: slot('RecordMergeStrategy', 'GroupByKeyMergeStrategy')
      .optional()
      .describe('How the records of the chunks become one again; by the field "id" when left out.'),
  }),
  make({ property_limit_type, property_limit: limit, record_merge_strategy }, scope) {
    const sizeOf = (property: string) =>
      property_limit_type === 'characters' ? [...property].length + separatorLength : 1;
    const merge = record_merge_strategy?.(scope) ?? { key: groupKey(['id']) };
    return {
      merge,
      chunks(properties, always, selector) {
        if (!limit) return [[...properties, ...always]];
        const chunks: string[][] = [];
        let current = [...always];
        let size = 0;
        for (const property of selector?.select(properties) ?? properties) {
          if (size + sizeOf(property) > limit) {
            chunks.push(current);
            current = [...always];
            size = 0;
          }
          current.push(property);
          size += sizeOf(property);
        }
        return [...chunks, current];
      },
    };
  },
});
