import type { ManifestNode, MappingNode } from '../../manifest/node.ts';
import { fieldOf } from '../../manifest/node.ts';
import { textIn } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { customaryNames } from '../customary-names.ts';
import { looked, violation } from '../events.ts';
import { misspeltWords } from '../misspelt-words.ts';
import { schemasIn } from '../schema-walk.ts';
import { isSlip } from '../slips.ts';
import { schemaNode } from '../stream-schema.ts';
import { streamsIn } from '../streams-in.ts';
import { plainName, wordsOf } from '../words.ts';

export const schemaNames = defineCheck({
  id: 'schema-names',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: 'no property of a schema looks like a typo of one that the schemas of several other streams have, and none has a word that looks like a typo of one that a property beside it has',
  async *run({ source, readNode }) {
    const objects = new Map<ManifestNode, { readonly stream: string; readonly node: MappingNode }>();
    for (const at of streamsIn(source)) {
      const stream = textIn(at, 'name') ?? '';
      for (const { node } of schemasIn(await schemaNode(at, stream, readNode))) {
        const properties = fieldOf(node, 'properties');
        if (properties?.kind === 'mapping' && !objects.has(properties))
          objects.set(properties, { stream, node: properties });
      }
    }
    if (objects.size > 0) yield looked();
    const uses = new Map<string, { stream: string; node: MappingNode }[]>();
    for (const use of objects.values())
      for (const name of use.node.entries.keys()) {
        const known = uses.get(name);
        if (known === undefined) uses.set(name, [use]);
        else known.push(use);
      }
    const words = wordCounts([...uses.keys()]);
    const usual = [...uses].filter(([, { length }]) => length >= fewestOthers).map(([name]) => name);
    for (const { stream, node } of objects.values())
      for (const { name, word, meant, beside } of misspeltWords([...node.entries.keys()], words))
        yield violation(
          node.entries.get(name)?.key,
          `"${name}" of stream "${stream}" has "${word}" where "${beside}" beside it has "${meant}": is it a typo?`,
          { stream },
        );
    for (const [name, [use, ...more]] of uses) {
      if (use === undefined || more.length > 0 || name.length < shortest) continue;
      if (customaryNames.has(plainName(name))) continue;
      const meant = usual.find(
        (other) =>
          Math.abs(other.length - name.length) < 2 &&
          !use.node.entries.has(other) &&
          !isOneStem(name, other) &&
          isSlip(name, other) &&
          !saysAnother(name, other, words),
      );
      const entry = use.node.entries.get(name);
      if (meant === undefined || entry === undefined) continue;
      yield violation(
        entry.key,
        `"${name}" is in the schema of stream "${use.stream}" alone, and "${meant}" in ${uses.get(meant)?.length} others: is it a typo?`,
        { stream: use.stream },
      );
    }
  },
});

/** How many names have a word. */
function wordCounts(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names)
    for (const word of new Set(wordsOf(name))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** `project_uid` beside `project_id`: a word of its own, which other names have too, or which is an id. */
function saysAnother(name: string, other: string, counts: ReadonlyMap<string, number>): boolean {
  const theirs = new Set(wordsOf(other));
  const own = wordsOf(name).filter((word) => !theirs.has(word));
  return own.length > 0 && own.every((word) => (counts.get(word) ?? 0) > 1 || /id$/.test(word));
}

/** "assigned" is what happens, and "assignee" and "assigner" are who takes part in it. */
function isOneStem(name: string, other: string): boolean {
  const [one, two] = [name, other].map((each) => each.match(/^(.*e)[denr]$/)?.[1]);
  return one !== undefined && one === two;
}

const fewestOthers = 3;

/** Shorter names are often a letter from each other. */
const shortest = 7;
