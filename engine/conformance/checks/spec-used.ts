import { fieldOf, type ScalarNode } from '../../manifest/node.ts';
import { textsBelow } from '../../manifest/walk.ts';
import { memberPaths } from '../../template/member-paths.ts';
import { neededMembers } from '../../template/member-uses.ts';
import { didYouMean, suggestionsFor } from '../../util/text/did-you-mean.ts';
import { visit } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { configNames } from '../config-names.ts';
import { looked, notRun, violation } from '../events.ts';
import { once } from '../once.ts';
import type { SpecAt } from '../subject.ts';

export const specUsed = defineCheck({
  id: 'spec-used',
  group: 'spec',
  level: 'static',
  severity: 'warning',
  doc: 'every property of the spec is read by what streams use of the manifest, and every field of the config that is read is declared',
  *run({ spec, source, manifest }) {
    const properties = spec && fieldOf(spec.node, 'properties');
    if (properties?.kind !== 'mapping') return;
    // A schema of records, and the one of the config itself, say what there is and read nothing.
    const own = fieldOf(fieldOf(manifest.root, 'spec') ?? manifest.root, 'connection_specification');
    // What no stream uses is not asked for either: what is used of the definitions is where they are used.
    const unused = ['definitions', 'schemas'].map((name) => fieldOf(manifest.root, name));
    const read = [
      ...textsBelow(
        manifest.root,
        ({ node, name }) => name === 'schema_loader' || node === own || unused.includes(node),
      ),
    ];
    // A definition that many streams share is in each of them.
    const texts = [...new Set(read.map(({ value }) => value))];
    const whole = texts.some((text) => memberPaths(text, 'config').some(({ path }) => path.length === 0));
    const readsUnseen = whole || visit(source).some(({ isHook }) => isHook);
    const all = texts.join('\n');
    const names = [...properties.entries.keys()];
    // `validate` tells of a name that is read and not declared, and which one it is meant to be.
    const meant = new Set(
      texts
        .flatMap((text) => memberPaths(text, 'config').map(({ path }) => String(path[0])))
        .filter((name) => !properties.entries.has(name))
        .flatMap((name) => suggestionsFor(name, names).slice(0, 1)),
    );
    if (spec?.isBeside && !readsUnseen) yield* undeclared(read, spec);
    for (const [name, { key, value }] of properties.entries) {
      yield looked();
      // It tells forms which variant a config is of, and has but one value.
      if (fieldOf(value, 'const') !== undefined) continue;
      if (new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`).test(all)) continue;
      if (meant.has(name)) continue;
      if (readsUnseen)
        yield notRun(`"${name}" may be read by a hook, or by a template that takes the whole config`);
      else yield violation(key, `Nothing reads "${name}" of the config. Remove it, or use it.`);
    }
  },
});

/** `validate` looks at the spec that a manifest has itself. */
function* undeclared(read: readonly ScalarNode[], spec: SpecAt): Generator<CheckEvent> {
  const known = configNames(spec);
  const isNew = once();
  for (const node of read)
    for (const { name, member, offset } of neededMembers(String(node.value))) {
      if (name !== 'config' || member.startsWith('__') || known.includes(member) || !isNew(node)) continue;
      yield violation(
        node,
        `${spec.whole.place.source.name} has no "${member}", so no config has it.${didYouMean(member, known)}`,
        { offset, also: [spec.node.place] },
      );
    }
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
