import * as z from 'zod';
import type { Scope } from '../../contract/scope.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { pathSegment } from '../../language/path-segment.ts';
import { typedPart } from '../../language/slots.ts';
import { PyTuple } from '../../template/python-values.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { compileGet } from '../../util/path/dpath.ts';
import { compileMappings, componentsMapping, placesSet } from './component-mapping.ts';

const streamConfig = () =>
  typedPart(
    z.object({
      type: z.literal('StreamConfig').optional(),
      $parameters: z.record(z.string(), z.unknown()).optional(),
      configs_pointer: z
        .array(template())
        .describe('Path of the values in the config; a list gives one stream per item.'),
      default_values: z
        .array(z.record(z.string(), z.unknown()))
        .nullish()
        .describe('Values of streams that exist whatever the config says.'),
    }),
    'StreamConfig',
  );

/** One stream for each item of a list in the config, or for each combination of the items of several lists. */
export const ConfigComponentsResolver = component({
  family: 'ComponentsResolver',
  type: 'ConfigComponentsResolver',
  doc: 'Makes a stream out of the template for each item of lists in the config.',
  fields: () => ({
    stream_config: z
      .union([z.array(streamConfig()), streamConfig()])
      .describe('Where the values are; with several lists there is a stream for each combination.'),
    components_mapping: componentsMapping(),
  }),
  traits: ({ components_mapping }) => ({ sets: placesSet(components_mapping, true) }),
  make({ stream_config, components_mapping }, scope) {
    const apply = compileMappings(components_mapping, { readsTexts: 'unless string', create: true }, scope);
    const sources = (Array.isArray(stream_config) ? stream_config : [stream_config]).map((source) =>
      makeSource(source, scope),
    );
    return {
      isFromConfig: true,
      async *resolve(tree) {
        for (const combination of combinations(sources.map((values) => values()))) {
          // The parser of YAML is loaded for those who have such streams.
          const { yamlNode } = await import('./yaml-node.ts');
          yield apply(tree, { components_values: merge(combination) }, yamlNode);
        }
      },
    };
  },
});

type Source = z.output<ReturnType<typeof streamConfig>>;

function makeSource(
  { configs_pointer, default_values, $parameters = {} }: Source,
  scope: Scope,
): () => readonly Item[] {
  const path = configs_pointer.map((segment) => segment({ ...scope, parameters: $parameters }));
  return () => {
    const found = compileGet(
      path.map((segment) => pathSegment(segment())),
      [],
    )(scope.config());
    const values = [...(Array.isArray(found) ? found : [found]), ...(default_values ?? [])];
    return values.map((value, index) => ({ index, value }));
  };
}

interface Item {
  readonly index: number;
  readonly value: unknown;
}

/** Every way to take one item from each list; the last list changes fastest. */
function combinations(lists: readonly (readonly Item[])[]): readonly (readonly Item[])[] {
  return lists.reduce<readonly (readonly Item[])[]>(
    (known, items) => known.flatMap((combination) => items.map((item) => [...combination, item])),
    [[]],
  );
}

/** Fields of later lists win. An item without fields is available as `source_config_<n>`, with its index. */
function merge(combination: readonly Item[]): JsonObject {
  const values: JsonObject = {};
  for (const [position, { index, value }] of combination.entries()) {
    if (isObject(value)) Object.assign(values, value);
    else values[`source_config_${position}`] ??= new PyTuple([index, value]);
  }
  return values;
}
