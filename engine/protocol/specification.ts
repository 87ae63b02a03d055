import { fieldOf, type MappingNode, toValue } from '../manifest/node.ts';
import { isObject } from '../util/json/json.ts';
import type { ConnectorSpecification } from './messages.ts';

const known = new WeakMap<MappingNode, ConnectorSpecification>();

/** What a manifest says about the config that it needs; undefined when it has no `spec`. Read once, however often it is run. */
export function specificationIn(root: MappingNode): ConnectorSpecification | undefined {
  const specification = known.get(root) ?? readSpecification(root);
  if (specification !== undefined) known.set(root, specification);
  return specification;
}

function readSpecification(root: MappingNode): ConnectorSpecification | undefined {
  const node = fieldOf(root, 'spec');
  const value = node === undefined ? undefined : toValue(node);
  if (!isObject(value)) return undefined;
  const { connection_specification, documentation_url, advanced_auth } = value;
  return {
    connectionSpecification: isObject(connection_specification) ? connection_specification : {},
    ...(typeof documentation_url === 'string' && { documentationUrl: documentation_url }),
    ...(isObject(advanced_auth) && { advanced_auth }),
    supportsNormalization: false,
    supportsDBT: false,
  };
}
