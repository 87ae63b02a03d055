import { fieldOf, type ManifestNode, type MappingNode } from '../../manifest/node.ts';
import { memberPaths } from '../../template/member-paths.ts';
import { visit } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';

export const specUsed = defineCheck({
  id: 'spec-used',
  group: 'spec',
  level: 'static',
  severity: 'warning',
  doc: 'every property of the spec is read somewhere in the manifest, and every field of the config that is read is declared',
  *run({ spec, source, manifest }) {
    const properties = spec && fieldOf(spec.node, 'properties');
    if (properties?.kind !== 'mapping') return;
    const texts = [...textsOutside(manifest.root)];
    const whole = texts.some((text) => memberPaths(text, 'config').some(({ path }) => path.length === 0));
    const readsUnseen = whole || [...visit(source)].some(({ isHook }) => isHook);
    const all = texts.join('\n');
    for (const [name, { key }] of properties.entries) {
      yield looked();
      if (new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`).test(all)) continue;
      if (readsUnseen)
        yield notRun(`"${name}" may be read by a hook, or by a template that takes the whole config`);
      else yield violation(key, `Nothing reads "${name}" of the config. Remove it, or use it.`);
    }
  },
});

/** All texts of the manifest without those of the schema of the config. */
function* textsOutside(root: MappingNode): Generator<string> {
  for (const [name, { value }] of root.entries) {
    if (name !== 'spec') yield* textsIn(value);
    else if (value.kind === 'mapping')
      for (const [field, entry] of value.entries)
        if (field !== 'connection_specification') yield* textsIn(entry.value);
  }
}

function* textsIn(node: ManifestNode): Generator<string> {
  if (node.kind === 'scalar') {
    if (typeof node.value === 'string') yield node.value;
  } else if (node.kind === 'sequence') for (const item of node.items) yield* textsIn(item);
  else
    for (const [name, { value }] of node.entries) {
      if (name === 'schema_loader') continue;
      yield* textsIn(value);
    }
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
