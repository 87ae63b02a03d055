import * as z from 'zod';
import { bodyTemplate } from '../../http/request/body-template.ts';
import { component } from '../../language/component.ts';
import { nestedTemplate } from '../../language/fields.ts';
import { requestNames } from '../../language/template-names.ts';

/** A body that is a JSON object. */
export const RequestBodyJsonObject = component({
  family: 'RequestBody',
  type: 'RequestBodyJsonObject',
  doc: 'Sends the value as JSON.',
  sees: requestNames,
  fields: () => ({
    value: z
      .record(z.string(), z.unknown())
      .transform((value): unknown => value)
      .pipe(nestedTemplate({ keepsTexts: true }))
      .describe('The JSON object.'),
  }),
  traits: () => ({ writesJson: true }),
  make: ({ value }, scope) => bodyTemplate('json', value(scope)),
});
