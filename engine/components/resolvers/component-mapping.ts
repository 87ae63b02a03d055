import * as z from 'zod';
import type { Scope } from '../../contract/scope.ts';
import type { Place } from '../../error/place.ts';
import { type Evaluate, optionalCondition, template, typedTemplate } from '../../language/fields.ts';
import type { Finding } from '../../language/finding.ts';
import { pathSegment } from '../../language/path-segment.ts';
import { plain } from '../../language/plain.ts';
import { typedPart } from '../../language/slots.ts';
import type { Traits } from '../../language/traits.ts';
import { fieldOf, type ManifestNode, type MappingNode } from '../../manifest/node.ts';
import { setExisting, setNew } from '../../manifest/set-in-tree.ts';
import { pyTruth } from '../../template/python-values.ts';
import type { TemplateContext } from '../../template/template.ts';
import { valueNode } from './value-node.ts';

const mappingDefinition = () =>
  typedPart(
    z.object({
      type: z.literal('ComponentMappingDefinition').optional(),
      $parameters: z.record(z.string(), z.unknown()).optional(),
      field_path: z
        // The place of an item in a list is a number.
        .array(z.union([template(), z.int().transform(String).pipe(template())]))
        .describe('Where in the stream template the value goes; "*" and "**" match several places.'),
      value: typedTemplate().describe('Template of the value; sees "components_values".'),
      value_type: z
        .enum(['string', 'number', 'integer', 'boolean'])
        .optional()
        .describe('Type of the value; without it the type is read from the text.'),
      create_or_update: z.boolean().nullish().describe('Make the place when the template lacks it.'),
      condition: optionalCondition().nullable().describe('Set the value only when true.'),
    }),
    'ComponentMappingDefinition',
  );

export const componentsMapping = () =>
  z.array(mappingDefinition()).describe('What is set in the stream template for every stream.');

type Definition = z.output<ReturnType<typeof mappingDefinition>>;

/** Conditions are for values of the config. */
export function* unconditional(definitions: readonly Definition[]): Iterable<Finding> {
  for (const [index, { condition }] of definitions.entries()) {
    if (!condition) continue;
    yield {
      message: '"condition" only works in a ConfigComponentsResolver.',
      at: ['components_mapping', index, 'condition'],
    };
  }
}

/** Where the definitions put their values, for rules. */
export function placesSet(definitions: readonly Definition[], create: boolean): NonNullable<Traits['sets']> {
  return definitions.map(({ field_path, create_or_update }) => ({
    path: field_path.map(({ text }) => text),
    creates: create && create_or_update === true,
  }));
}

/** How the three resolvers differ. */
export interface MappingRules {
  /** Which texts mean what they say: those of all values, of values whose `value_type` is not string, or none. */
  readonly readsTexts: 'always' | 'unless string' | 'never';
  readonly create: boolean;
}

/** A text as what it means. */
export type ReadText = (text: string, place: Place) => ManifestNode;

/** Makes one stream of the template for one set of values. Texts are read by `readText` where the rules say so. */
export type ApplyMappings = (
  template: MappingNode,
  context: TemplateContext,
  readText?: ReadText,
) => MappingNode;

export function compileMappings(
  definitions: readonly Definition[],
  rules: MappingRules,
  scope: Scope,
): ApplyMappings {
  const written = fieldOf(scope.node, 'components_mapping');
  const mappings = definitions.map((definition, index) => {
    const node = written?.kind === 'sequence' ? written.items[index] : undefined;
    return compileMapping(definition, node ?? scope.node, rules, scope);
  });
  return (template, values, readText) => {
    const context = { ...values, stream_template_config: plain(template) };
    return mappings.reduce((tree, mapping) => mapping(tree, context, readText), template);
  };
}

function compileMapping(
  definition: Definition,
  node: ManifestNode,
  rules: MappingRules,
  scope: Scope,
): ApplyMappings {
  const { value_type } = definition;
  const own: Scope = { ...scope, parameters: definition.$parameters ?? {} };
  const segments = definition.field_path.map((segment) => segment(own));
  const evaluate = definition.value(own, value_type);
  // The condition belongs to the resolver, so it sees the resolver's parameters.
  const applies: Evaluate<boolean> | undefined = definition.condition?.(scope);
  const place = fieldOf(node, 'value')?.place ?? node.place;
  const readsText =
    rules.readsTexts === 'always' || (rules.readsTexts === 'unless string' && value_type !== 'string');

  return (tree, context, readText) => {
    if (applies !== undefined && !applies(context)) return tree;
    const value = evaluate(context);
    const path = segments.map((segment) => pathSegment(segment(context)));
    const set =
      typeof value === 'string' && readsText && readText !== undefined
        ? readText(value, place)
        : valueNode(value, place);
    const changed = setExisting(tree, path, set);
    const makes = rules.create && definition.create_or_update === true && changed.count === 0;
    return makes && isSomething(set) ? setNew(tree, path, set) : changed.node;
  };
}

/** Python's truth of what is about to be set. */
function isSomething(node: ManifestNode): boolean {
  return pyTruth(plain(node));
}
