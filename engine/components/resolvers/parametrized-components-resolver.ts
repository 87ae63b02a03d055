import * as z from 'zod';
import { component } from '../../language/component.ts';
import { typedPart } from '../../language/slots.ts';
import { compileMappings, componentsMapping, placesSet, unconditional } from './component-mapping.ts';

const streamParameters = () =>
  typedPart(
    z.object({
      type: z.literal('StreamParametersDefinition').optional(),
      list_of_parameters_for_stream: z
        .array(z.record(z.string(), z.unknown()))
        .describe('The values of each stream, seen as "components_values".'),
    }),
    'StreamParametersDefinition',
  );

/** One stream for each set of values that the manifest lists. */
export const ParametrizedComponentsResolver = component({
  family: 'ComponentsResolver',
  type: 'ParametrizedComponentsResolver',
  doc: 'Makes a stream out of the template for each set of values in the manifest.',
  fields: () => ({
    stream_parameters: streamParameters().describe('The sets of values.'),
    components_mapping: componentsMapping(),
  }),
  check: ({ components_mapping }) => unconditional(components_mapping),
  traits: ({ components_mapping }) => ({ sets: placesSet(components_mapping, true) }),
  make({ stream_parameters, components_mapping }, scope) {
    const apply = compileMappings(components_mapping, { readsTexts: 'always', create: true }, scope);
    return {
      async *resolve(template) {
        for (const components_values of stream_parameters.list_of_parameters_for_stream) {
          // The parser of YAML is loaded for those who have such streams.
          const { yamlNode } = await import('./yaml-node.ts');
          yield apply(template, { components_values }, yamlNode);
        }
      },
    };
  },
});
