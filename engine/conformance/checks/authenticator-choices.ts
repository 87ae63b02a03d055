import { fieldOf, type ManifestNode, type ScalarNode } from '../../manifest/node.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import { visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { listOf, textsOf } from '../schema-walk.ts';
import { propertiesAt } from '../spec-paths.ts';

export const authenticatorChoices = defineCheck({
  id: 'authenticator-choices',
  group: 'spec',
  level: 'static',
  severity: 'warning',
  doc: 'the authenticators of a SelectiveAuthenticator have the names that the spec lets a config choose from, and none of these lacks one',
  *run({ source, spec }) {
    if (spec === undefined) return;
    const isNew = once();
    for (const at of visit(source)) {
      const [path, named] = ['authenticator_selection_path', 'authenticators'].map((field) =>
        written(at, field),
      );
      if (at.family !== 'Authenticator' || named?.kind !== 'mapping' || !isNew(at.node)) continue;
      const steps = textsOf(path);
      const choices = choicesAt(spec.node, steps);
      if (choices.length === 0) continue;
      yield looked();
      const known = choices.map(({ value }) => String(value));
      const unknown = [...named.entries].filter(([name]) => !known.includes(name));
      for (const [name, { key }] of unknown)
        yield violation(
          key,
          `No config chooses "${name}": "${steps.join('.')}" is ${quotedList(known)} by the spec.${didYouMean(name, known)}`,
          { also: choices.slice(0, 1).map(({ place }) => place) },
        );
      // What has its name misspelt is there.
      if (unknown.length > 0) continue;
      for (const choice of choices)
        if (!named.entries.has(String(choice.value)))
          yield violation(
            named,
            `A config whose "${steps.join('.')}" is "${choice.value}" is allowed by the spec, and there is no authenticator of this name.`,
            { also: [choice.place] },
          );
    }
  },
});

/** The values that a spec allows at a path; none where any of its variants allows all texts. */
function choicesAt(spec: ManifestNode, path: readonly string[]): readonly ScalarNode[] {
  const found = propertiesAt(spec, path).map((schema) =>
    ['const', 'enum']
      .flatMap((word) => listOf(fieldOf(schema, word)))
      .flatMap((node) => (node.kind === 'scalar' ? [node] : [])),
  );
  return found.every((values) => values.length > 0) ? found.flat() : [];
}
