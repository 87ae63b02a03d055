import * as z from 'zod';
import { component } from '../../language/component.ts';
import { groupKey } from './group-key.ts';

/** Records with the same key are parts of one record. */
export const GroupByKeyMergeStrategy = component({
  family: 'RecordMergeStrategy',
  type: 'GroupByKeyMergeStrategy',
  doc: 'Joins partial records that have the same key.',
  fields: () => ({
    key: z.union([z.string(), z.array(z.string())]).describe('Field or fields that tell which record it is.'),
  }),
  make: ({ key }) => ({ key: groupKey(typeof key === 'string' ? [key] : key) }),
});
