import type { QueryProperties } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import type { Finding } from '../../language/finding.ts';
import type { Slot } from '../../language/slots.ts';

interface PropertyFields {
  readonly inParameters: Slot<'QueryProperties'> | undefined;
  readonly fetch_properties_from_endpoint?: Slot<'PropertiesFromEndpoint'> | undefined;
  readonly query_properties?: Slot<'QueryProperties'> | undefined;
}

/** The two places that exclude each other. */
export function* propertiesTwice({
  inParameters,
  fetch_properties_from_endpoint: endpoint,
}: PropertyFields): Iterable<Finding> {
  if (inParameters === undefined || endpoint === undefined) return;
  yield {
    message:
      'The properties to ask for are given twice: in "fetch_properties_from_endpoint" and in "request_parameters".',
    at: ['fetch_properties_from_endpoint'],
  };
}

/** The properties that a requester asks for, from the three places that may name them. */
export function queryPropertiesOf(fields: PropertyFields, scope: Scope): QueryProperties | undefined {
  const { inParameters, fetch_properties_from_endpoint: endpoint, query_properties: own } = fields;
  if (inParameters !== undefined) {
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
