import { bodyTemplate } from '../../http/request/body-template.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { requestNames } from '../../language/template-names.ts';

/** A body that is one text. */
export const RequestBodyPlainText = component({
  family: 'RequestBody',
  type: 'RequestBodyPlainText',
  doc: 'Sends the value as it is.',
  sees: requestNames,
  fields: () => ({
    value: template().describe('The text of the body.'),
  }),
  make: ({ value }, scope) => bodyTemplate('data', value(scope)),
});
