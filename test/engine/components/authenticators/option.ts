import * as z from 'zod';
import { component } from '../../../../engine/language/component.ts';

/** The least of a RequestOption: a header, a parameter or a field of the JSON body. */
export const TestRequestOption = component({
  family: 'RequestOption',
  type: 'RequestOption',
  doc: 'For tests.',
  fields: () => ({ inject_into: z.string(), field_name: z.string() }),
  make: ({ inject_into, field_name }) => ({
    inject(value, into) {
      if (inject_into === 'header') into.headers[field_name] = value;
      else if (inject_into === 'request_parameter') into.params[field_name] = value;
      else into.bodyJson = { ...(into.bodyJson as object), [field_name]: value };
    },
  }),
});
