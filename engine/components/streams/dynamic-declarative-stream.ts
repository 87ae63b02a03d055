import * as z from 'zod';
import type { StreamDefinition } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { readBy } from '../../http/cache/read-by.ts';
import { bareStreamScope } from '../../language/bare-stream-scope.ts';
import { component } from '../../language/component.ts';
import { part, slot } from '../../language/slots.ts';
import { fieldOf, type ManifestNode, type MappingNode } from '../../manifest/node.ts';
import { propagateParameters } from '../../manifest/parameters.ts';

/** Streams that are made out of a template at run time: one for each set of values that the resolver finds. */
export const DynamicDeclarativeStream = component({
  family: 'DynamicStream',
  type: 'DynamicDeclarativeStream',
  doc: 'Makes streams out of a template at run time.',
  fields: () => ({
    name: z.string().default('').describe('Name of the group of streams.'),
    stream_template: part('Stream', 'DeclarativeStream').describe('The stream that all of them are like.'),
    components_resolver: slot('ComponentsResolver', 'ConfigComponentsResolver').describe(
      'Finds the values of each stream and sets them in the template.',
    ),
    use_parent_parameters: z
      .boolean()
      .default(true)
      .describe('Whether $parameters of the template win over those of its parts.'),
  }),
  make(fields, scope) {
    const { name } = fields;
    const { node: template } = fields.stream_template;
    const resolver = fields.components_resolver({ ...scope, stream: bareStreamScope(name) });
    const taken = scope.sync.shared('names of dynamic streams', () => new Map<string, MappingNode>());

    function nameOf(stream: ManifestNode): string {
      const node = fieldOf(stream, 'name');
      if (node?.kind === 'scalar' && typeof node.value === 'string') return node.value;
      const found =
        node?.kind === 'scalar' ? JSON.stringify(node.value) : `a ${node?.kind ?? 'missing name'}`;
      throw new ConnectorError(`The name of a dynamic stream must be a text, not ${found}.`, {
        kind: 'config_error',
        nodes: [node?.place ?? stream.place],
      });
    }

    /** Two streams of a connector cannot have the same name, whichever templates they come from. */
    function claim(stream: string, own: Set<string>): void {
      const owner = taken.get(stream);
      if (own.has(stream) || (owner !== undefined && owner !== scope.node)) {
        const isFromConfig = resolver.isFromConfig === true;
        const advice = isFromConfig ? ' Give each a name of its own in the config.' : '';
        throw new ConnectorError(`Two dynamic streams have the same name "${stream}".${advice}`, {
          kind: isFromConfig ? 'config_error' : 'system_error',
          nodes: [template.place],
        });
      }
      own.add(stream);
      taken.set(stream, scope.node);
    }

    const trees = async function* (): AsyncGenerator<MappingNode> {
      const own = new Set<string>();
      for await (const tree of resolver.resolve(template)) {
        const node = propagate(tree, fields.use_parent_parameters, scope);
        claim(nameOf(node), own);
        yield node;
      }
    };

    function make(tree: MappingNode): StreamDefinition {
      const stream = scope.sync.build(tree, 'Stream', readBy(nameOf(tree), scope));
      stream.makeReadable();
      return stream;
    }

    return {
      name,
      trees,
      make,
      async *streams(): AsyncGenerator<StreamDefinition> {
        for await (const tree of trees()) yield make(tree);
      },
    };
  },
});

/** The values that were set may contain components, so parameters are handed down once more. */
function propagate(tree: MappingNode, useParentParameters: boolean, scope: Scope): MappingNode {
  const { node, diagnostics } = propagateParameters(tree, {
    defaultTypeOf: scope.sync.defaultTypeOf,
    useParentParameters,
    slot: { parentType: 'DynamicDeclarativeStream', fieldName: 'stream_template' },
  });
  const error = diagnostics.find((diagnostic) => diagnostic.severity === 'error');
  if (error !== undefined)
    throw new ConnectorError(error.message, { kind: 'config_error', nodes: error.places });
  return node as MappingNode;
}
