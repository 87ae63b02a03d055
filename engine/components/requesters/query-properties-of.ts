import type { QueryProperties } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Slot } from '../../language/slots.ts';

interface PropertyFields {
  readonly inParameters: Slot<'QueryProperties'> | undefined;
  readonly fetch_properties_from_endpoint?: Slot<'PropertiesFromEndpoint'> | undefined;
  readonly query_properties?: Slot<'QueryProperties'> | undefined;
}

/** The properties that a requester asks for, from the three places that may name them. */
export function queryPropertiesOf(fields: PropertyFields, scope: Scope): QueryProperties | undefined {
  const { inParameters, fetch_properties_from_endpoint: endpoint, query_properties: own } = fields;
  if (inParameters !== undefined) {
    if (endpoint !== undefined) {
      throw new ConnectorError(
        'The properties to ask for are given twice: in "fetch_properties_from_endpoint" and in "request_parameters".',
        { kind: 'config_error', nodes: [endpoint.node.place, inParameters.node.place] },
      );
    }
    return inParameters(scope);
  }
  if (endpoint === undefined) return own?.(scope);
  const source = endpoint(scope);
  return {
    async *chunks(slice) {
      const properties: string[] = [];
      for await (const property of source.properties(slice)) properties.push(property);
      yield properties;
    },
  };
}
