import * as z from 'zod';
import type { Deferred, Evaluate } from '../../language/fields.ts';
import { templateMapping } from '../../language/fields.ts';
import type { Slot } from '../../language/slots.ts';
import { slot } from '../../language/slots.ts';

/** Query parameters: texts with templates, and at most one that lists the properties to ask for. */
export interface QueryParameters {
  readonly texts: Deferred<Evaluate>;
  readonly properties: { readonly name: string; readonly slot: Slot<'QueryProperties'> } | undefined;
}

/** A mapping of query parameters in which one may be a QueryProperties component instead of a text. */
export function queryParameters() {
  const reader = templateMapping({ valueType: 'request_params' });
  return z
    .record(z.string(), z.union([z.string(), slot('QueryProperties', 'QueryProperties')]))
    .transform((parameters, context): QueryParameters => {
      const texts: Record<string, string> = {};
      const properties: QueryParameters['properties'][] = [];
      for (const [name, value] of Object.entries(parameters)) {
        if (typeof value === 'string') texts[name] = value;
        else properties.push({ name, slot: value });
      }
      if (properties.length > 1) {
        context.addIssue({ code: 'custom', message: 'only one query parameter may be QueryProperties' });
      }
      const read = reader.safeParse(texts);
      if (!read.success) {
        for (const { path, message, ...rest } of read.error.issues)
          context.addIssue({
            code: 'custom',
            path,
            message,
            ...('params' in rest && { params: rest.params }),
          });
        return z.NEVER;
      }
      return { texts: read.data, properties: properties[0] };
    });
}
