import * as z from 'zod';
import { bodyTemplate } from '../../http/request/body-template.ts';
import { component } from '../../language/component.ts';
import { templateMapping } from '../../language/fields.ts';
import { requestNames } from '../../language/template-names.ts';

/** A body of form fields. */
export const RequestBodyUrlEncodedForm = component({
  family: 'RequestBody',
  type: 'RequestBodyUrlEncodedForm',
  doc: 'Sends the value as a URL-encoded form.',
  sees: requestNames,
  fields: () => ({
    value: z
      .record(z.string(), z.string())
      .transform((texts): Record<string, unknown> => texts)
      .pipe(templateMapping({ valueType: 'request_params' }))
      .describe('Form fields by name.'),
  }),
  make: ({ value }, scope) => bodyTemplate('data', value(scope)),
});
