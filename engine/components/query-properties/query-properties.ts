import * as z from 'zod';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';

/** Which properties every request has to name, for APIs that send only what was requested. */
export const QueryProperties = component({
  family: 'QueryProperties',
  type: 'QueryProperties',
  doc: 'Lists the properties that requests ask for.',
  fields: () => ({
    property_list: z
      .union([z.array(z.string()), slot('PropertiesFromEndpoint', 'PropertiesFromEndpoint')])
      .describe('The properties, or where they can be fetched.'),
    always_include_properties: z
      .array(z.string())
      .optional()
      .describe('Properties that every request names, whatever chunk it asks for.'),
    property_chunking: slot('PropertyChunking', 'PropertyChunking')
      .optional()
      .describe('How many properties fit into one request.'),
    property_selector: slot('PropertySelector', 'JsonSchemaPropertySelector')
      .optional()
      .describe('Leaves out properties that nobody selected.'),
  }),
  make(
    { property_list, always_include_properties: always = [], property_chunking, property_selector },
    scope,
  ) {
    const source = typeof property_list === 'function' ? property_list(scope) : undefined;
    const listed = typeof property_list === 'function' ? [] : property_list;
    const chunking = property_chunking?.(scope);
    const selector = property_selector?.(scope);
    return {
      ...(chunking?.merge && { merge: chunking.merge }),
      async *chunks(slice) {
        await selector?.prepare?.();
        const properties = [...listed];
        for await (const property of source?.properties(slice) ?? []) properties.push(property);
        if (chunking !== undefined) yield* chunking.chunks(properties, always, selector);
        else yield [...always, ...(selector?.select(properties) ?? properties)];
      },
    };
  },
});
