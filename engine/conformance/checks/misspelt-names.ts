import { textIn, visit } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { customaryNames } from '../customary-names.ts';
import { looked, violation } from '../events.ts';
import { type NameUse, namesUsed } from '../names-used.ts';
import { schemasIn } from '../schema-walk.ts';
import { isSlip, longEnoughForAnyLetter } from '../slips.ts';
import { schemaNode } from '../stream-schema.ts';
import { streamsIn } from '../streams-in.ts';
import type { Subject } from '../subject.ts';
import { plainName, wordsOf } from '../words.ts';

export const misspeltNames = defineCheck({
  id: 'misspelt-names',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'no name of a field, parameter or header looks like a typo of another one of the manifest, or of one that APIs customarily have, and none begins or ends with a blank, or with what joins parameters in a URL',
  async *run(subject) {
    const uses = new Map<string, NameUse[]>();
    for (const use of namesUsed(subject.source)) {
      const known = uses.get(use.name) ?? [];
      if (
        !known.some(({ node, offset }) => node.place.start === use.node.place.start && offset === use.offset)
      )
        known.push(use);
      uses.set(use.name, known);
    }
    const declared = await declaredNames(subject);
    const others = otherWords(subject);
    const told = new Set<string>();
    const words = new Set([...declared, ...others].flatMap(wordsOf));
    if (uses.size > 0) yield looked();
    yield* oddEdges(uses, declared);
    for (const [name, [use, ...more]] of uses) {
      if (use === undefined || more.length > 0 || declared.has(name) || told.has(name)) continue;
      if (name !== withoutEdges(name)) continue;
      if (customaryNames.has(plainName(name)) || others.has(plainName(name))) continue;
      const meant =
        [...uses.keys(), ...declared].find((other) => isSlip(name, other)) ??
        customary(name) ??
        [...others].find((other) => isSlip(name, other)) ??
        wordMeant(name, words) ??
        partMeant(name, others);
      if (meant === undefined) continue;
      const other = uses.get(meant)?.[0];
      // Where both are written once, and nothing else tells which is right, one finding names both.
      told.add(meant);
      yield violation(
        use.node,
        `"${name}" is written once, and "${meant}" ${other !== undefined || declared.has(meant) ? 'elsewhere in this manifest' : customaryNames.has(meant) ? 'is what APIs call it' : 'is what the manifest calls a stream, a part of a path or a field of the config'}: is it a typo?`,
        { ...(use.offset !== undefined && { offset: use.offset }), also: other ? [other.node.place] : [] },
      );
    }
  },
});

function* oddEdges(
  uses: ReadonlyMap<string, readonly NameUse[]>,
  declared: ReadonlySet<string>,
): Generator<CheckEvent> {
  for (const [name, [use]] of uses) {
    const meant = withoutEdges(name);
    if (use === undefined || name === meant || meant === '' || declared.has(name)) continue;
    const end = name.endsWith(meant) ? 'beginning' : 'end';
    const what = meant === name.trim() ? 'a blank' : 'what joins parameters';
    yield violation(
      use.node,
      `"${name}" has ${what} at its ${end}: to an API it is another name than "${meant}".`,
      { ...(use.offset !== undefined && { offset: use.offset }) },
    );
  }
}

/** A name without blanks around it, and without what joins parameters in a URL: those are encoded where they are in a name. */
function withoutEdges(name: string): string {
  return name.replace(/^[\s&?]+|[\s&=]+$/g, '');
}

/** The word that a part of a name is a slip away from, where the part is no word of the manifest. */
function wordMeant(name: string, words: ReadonlySet<string>): string | undefined {
  const own = wordsOf(name);
  if (own.length < 2) return undefined;
  for (const word of own)
    if (word.length >= longEnoughForAnyLetter - 1 && !words.has(word) && !customaryNames.has(word))
      for (const meant of customaryNames)
        if ((meant.length >= 6 && isSlip(word, meant)) || isDoubled(word, meant)) return meant;
  return undefined;
}

/** `eventt` of `event`: no English word has a letter twice at its end that its own name has once. */
function isDoubled(word: string, meant: string): boolean {
  return meant.length >= 4 && !/[sl]$/.test(meant) && word === `${meant}${meant.at(-1)}`;
}

/** `X-iSmplesat-Token` of an API at simplesat.io. */
function partMeant(name: string, others: ReadonlySet<string>): string | undefined {
  const parts = name.split(/[-_ ]/).map(plainName);
  if (parts.length < 2) return undefined;
  for (const part of parts)
    if (part.length >= longEnoughForAnyLetter && !others.has(part) && !customaryNames.has(part))
      for (const meant of others)
        if (meant.length >= longEnoughForAnyLetter && isSlip(part, meant)) return meant;
  return undefined;
}

/** Words of the API that are no names of fields: of streams, of paths, of the config. */
function otherWords({ source, spec }: Subject): Set<string> {
  const words = new Set<string>();
  const add = (text: string) => {
    for (const word of text.split(/[^A-Za-z\d]+/)) words.add(plainName(word));
    // What a slash parts is no name.
    for (const name of text.split('/')) words.add(plainName(name));
  };
  for (const at of visit(source))
    for (const field of ['name', 'path', 'url', 'url_base']) add(textIn(at, field) ?? '');
  for (const { path } of schemasIn(spec?.node)) for (const name of path.slice(-1)) add(name);
  return words;
}

/** The names of all properties of records. */
async function declaredNames({ source, readNode }: Subject): Promise<Set<string>> {
  const names = new Set<string>();
  for (const at of streamsIn(source)) {
    const node = await schemaNode(at, '', readNode);
    for (const { path } of schemasIn(node)) for (const name of path.slice(-1)) names.add(name);
  }
  return names;
}

function customary(name: string): string | undefined {
  const text = plainName(name);
  for (const each of customaryNames) if (isSlip(text, each) || lacksOne(text, each)) return each;
  return undefined;
}

/** A short word that APIs have everywhere, without one of the letters within. */
function lacksOne(text: string, word: string): boolean {
  const within = Array.from({ length: word.length - 2 }, (_, index) => index + 1);
  const lacks = within.map((at) => word.slice(0, at) + word.slice(at + 1));
  return (word.length === 4 || word.length === 5) && text !== 'net' && lacks.includes(text);
}
