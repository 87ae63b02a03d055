import * as z from 'zod';
import { component } from '../../language/component.ts';

/** The schema in the manifest, as it is: nothing in it is a template. */
export const InlineSchemaLoader = component({
  family: 'SchemaLoader',
  type: 'InlineSchemaLoader',
  doc: 'Takes the JSON schema of a stream from the manifest.',
  fields: () => ({
    schema: z.record(z.string(), z.unknown()).optional().describe('The JSON schema of a record.'),
  }),
  make({ schema = {} }) {
    return Object.freeze({ load: async () => schema });
  },
});
