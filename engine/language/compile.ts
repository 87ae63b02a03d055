import type { Families, Family } from '../contract/families.ts';
import type { Scope } from '../contract/scope.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { locatedError } from '../error/located-error.ts';
import { fieldOf, type MappingNode } from '../manifest/node.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { type Component, isOfFamily } from './component.ts';
import { plain } from './plain.ts';
import { readComponent } from './read-component.ts';
import type { Registry } from './registry.ts';
import { rememberFields } from './written-at.ts';

export type Build = <F extends Family>(node: MappingNode, family: F, scope: Scope) => Families[F];

const noParameters: JsonObject = Object.freeze({});

/**
 * Makes components: reads the fields (once per node) and calls the type's `make` with the scope of its parent, in which
 * `parameters` and `place` are its own. Throws the first error of the component as a ConnectorError with its place.
 */
export function createBuild(registry: Registry): Build {
  return (node, family, scope) => {
    const { component, fields } = readComplete(node, family, registry);
    rememberFields(node, fields);
    const own: Scope = { ...scope, parameters: parametersOf(node), node, place: node.place };
    try {
      return component.make(fields, own);
    } catch (thrown) {
      throw locatedError(thrown, { nodes: [node.place] });
    }
  };
}

/** What a component is made from. Throws the first error that is in its fields, or that there is no such type. */
export function readComplete<F extends Family>(
  node: MappingNode,
  family: F,
  registry: Registry,
): { readonly component: Component<F>; readonly fields: unknown } {
  const { component, fields, diagnostics, isComplete } = readComponent(node, family, registry);
  if (component !== undefined && isComplete && isOfFamily(component, family)) return { component, fields };
  // Without a component, the first finding says why: an unknown type, or a hook that is not loaded.
  const problem = diagnostics.find(({ severity }) => severity === 'error' || component === undefined);
  throw new ConnectorError(problem?.message ?? `No ${family} can be made here.`, {
    kind: 'config_error',
    nodes: problem?.places ?? [node.place],
    offset: problem?.offset,
  });
}

/** What a component's templates see as `parameters`. */
export function parametersOf(node: MappingNode): JsonObject {
  const parameters = fieldOf(node, '$parameters');
  const value = parameters === undefined ? undefined : plain(parameters);
  return isObject(value) ? value : noParameters;
}
