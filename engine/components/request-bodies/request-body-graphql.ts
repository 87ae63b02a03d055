import * as z from 'zod';
import { bodyTemplate } from '../../http/request/body-template.ts';
import { component } from '../../language/component.ts';
import { nestedTemplate } from '../../language/fields.ts';
import { requestNames } from '../../language/template-names.ts';

/** A GraphQL query and whatever comes with it (variables, operationName). */
export const RequestBodyGraphQL = component({
  family: 'RequestBody',
  type: 'RequestBodyGraphQL',
  doc: 'Sends a GraphQL query as JSON.',
  sees: requestNames,
  fields: () => ({
    value: z
      .looseObject({ query: z.string() })
      .transform((value): unknown => value)
      .pipe(nestedTemplate({ keepsTexts: true }))
      .describe('The "query" and further fields of the GraphQL request.'),
  }),
  traits: () => ({ writesJson: true }),
  make: ({ value }, scope) => bodyTemplate('json', value(scope)),
});
