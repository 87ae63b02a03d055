import { fieldOf, type ManifestNode, type MappingNode } from '../../manifest/node.ts';
import type { Violation } from '../check.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { listOf, schemasIn, typesOf } from '../schema-walk.ts';

export const specOneof = defineCheck({
  id: 'spec-oneof',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: 'each `oneOf` of the spec is in an object, its variants have properties, and exactly one property that they share is a constant which tells them apart; its `default` and `enum` say nothing else',
  *run({ spec }) {
    if (spec === undefined) return;
    for (const { node, path } of schemasIn(spec.node)) {
      const variants = listOf(fieldOf(node, 'oneOf'));
      if (variants.length === 0) continue;
      yield looked();
      yield* problemsOf(node, variants, path.join('.'));
    }
  },
});

function* problemsOf(
  node: MappingNode,
  variants: readonly ManifestNode[],
  name: string,
): Generator<Violation> {
  if (!typesOf(node).includes('object')) {
    yield violation(node, `"${name}" has a "oneOf", so it has to be of the type object.`);
    return;
  }
  for (const variant of variants)
    if (propertiesOf(variant).size === 0)
      yield violation(
        variant,
        `A variant of "${name}" has no properties, so it cannot be told from the others.`,
      );
  const [first, ...others] = variants.map(constantsOf);
  const shared = [...(first ?? [])].filter((each) => others.every((constants) => constants.has(each)));
  if (shared.length === 0)
    yield violation(
      node,
      `The variants of "${name}" share no property with a "const", so a form cannot tell which one a config is.`,
    );
  if (shared.length > 1)
    yield violation(
      node,
      `The variants of "${name}" share ${shared.length} constants (${shared.join(', ')}); one of them has to tell them apart.`,
    );
  const [constant] = shared;
  if (constant === undefined || shared.length > 1) return;
  const seen = new Map<unknown, ManifestNode>();
  for (const variant of variants) {
    const property = propertiesOf(variant).get(constant);
    const value = property && fieldOf(property, 'const');
    if (property === undefined || value?.kind !== 'scalar') continue;
    const other = seen.get(value.value);
    if (other !== undefined)
      yield violation(value, `Two variants of "${name}" have the same "${constant}", "${value.value}".`, {
        also: [other.place],
      });
    seen.set(value.value, value);
    for (const word of ['default', 'enum'])
      for (const each of listOf(fieldOf(property, word)))
        if (each.kind === 'scalar' && each.value !== value.value)
          yield violation(each, `The "${word}" of "${constant}" has to be its "const", "${value.value}".`);
  }
}

function propertiesOf(variant: ManifestNode): ReadonlyMap<string, ManifestNode> {
  const properties = fieldOf(variant, 'properties');
  if (properties?.kind !== 'mapping') return new Map();
  return new Map([...properties.entries].map(([name, { value }]) => [name, value]));
}

function constantsOf(variant: ManifestNode): ReadonlySet<string> {
  return new Set(
    [...propertiesOf(variant)].flatMap(([name, node]) => (fieldOf(node, 'const') ? [name] : [])),
  );
}
