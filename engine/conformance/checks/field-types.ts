import type { ManifestNode } from '../../manifest/node.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { textIn } from '../../validate/visit.ts';
import { oddAmongAlike } from '../alike-fields.ts';
import { oddAmongObjects } from '../alike-objects.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { oddCounterparts } from '../counterparts.ts';
import { isAsDescribed } from '../described-kinds.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { oddIds } from '../odd-ids.ts';
import { oddIntegers } from '../odd-integers.ts';
import { oddPlurals } from '../odd-plurals.ts';
import { ruledOutByName } from '../ruled-out-by-name.ts';
import { fieldsIn, hasParts, type SchemaField, typeNode } from '../schema-fields.ts';
import { importedStreams, seenIn } from '../seen-types.ts';
import { schemaNode } from '../stream-schema.ts';
import { streamsIn } from '../streams-in.ts';
import { called, type Kind } from '../value-kinds.ts';

export const fieldTypes = defineCheck({
  id: 'field-types',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: 'no field has a type that its name rules out, such as a list for an e-mail address, nor one that all other streams of the manifest, all fields with such a name or all objects like its own give differently, nor is an amount an integer where others like it are numbers',
  async *run(subject) {
    const told = new Set<ManifestNode>();
    const all = await fieldsIn(subject);
    const isSeen = seenIn(all, importedStreams(subject));
    yield* eachSchema(subject, (schema, { at }) => ruledOutByName(schema, at, told));
    const listed = new Set((await subject.streams()).map(({ at }) => at.node));
    // Streams that are only parents, and templates of streams, have schemas too.
    for (const at of streamsIn(subject.source)) {
      if (listed.has(at.node)) continue;
      const name = textIn(at, 'name') ?? '';
      yield* ruledOutByName({ node: await schemaNode(at, name, subject.readNode) }, at, told);
    }
    const fields = all.filter(({ isExplained }) => !isExplained);
    for (const { node, kind } of fields) if (isAsDescribed(node, kind)) told.add(node);
    const seen = fields.flatMap((field) => (isSeen(field) && !told.has(field.node) ? [field.node] : []));
    for (const node of seen) told.add(node);
    const leaves = fields.filter(({ node }) => !hasParts(node));
    yield* odd(
      grouped(
        leaves.filter(({ path }) => path.length === 1),
        ({ name }) => name,
      ),
      told,
    );
    yield* oddOfPattern(leaves, told);
    yield* oddOfName(leaves, told);
    yield* oddAmongAlike(leaves, told);
    yield* oddPlurals(fields, told);
    // What stands beside a field in its object is more than a name.
    for (const node of seen) told.delete(node);
    yield* oddAmongObjects(fields, told);
    yield* oddCounterparts(leaves, told);
    yield* oddIntegers(leaves, told);
    yield* oddIds(leaves, told);
  },
});

/** Names that say of what kind their values are, as far as one API goes, and how many have to agree before another one is odd. */
const patterns: readonly (readonly [words: RegExp, fewest: number, odd: readonly Kind[]])[] = [
  [/^(?:is|has|can) /, 5, ['text', 'number']],
  [/ count$/, 4, ['text']],
  [
    /^(?:.* )?(?:created|updated|modified|deleted|closed|completed|published|started|ended|changed|sent) (?:at|on|date|time)$/,
    8,
    ['text', 'number'],
  ],
];

/** One field among all of a manifest whose names are of a pattern: `is_default` is a number, and all other `is_…` are not. */
function* oddOfPattern(uses: readonly SchemaField[], told: Set<ManifestNode>): Generator<CheckEvent> {
  for (const [pattern, fewest, kinds] of patterns) {
    const alike = uses.filter(({ words }) => pattern.test(words));
    const [first] = alike;
    if (first === undefined) continue;
    const rare = alike.filter(
      ({ kind }) => alike.filter((other) => other.kind === kind).length * 2 < alike.length,
    );
    const [odd, ...more] = rare;
    const usual = alike.find(({ kind }) => kind !== odd?.kind);
    if (odd === undefined || more.length > 0 || usual === undefined || alike.length <= fewest) continue;
    if (!kinds.includes(odd.kind) || told.has(odd.node)) continue;
    told.add(odd.node);
    yield violation(
      typeNode(odd.node),
      `"${odd.name}" of stream "${odd.stream}" is ${called[odd.kind]}, and all ${alike.length - 1} other fields of the manifest with such a name, as "${usual.name}", are ${called[usual.kind]}.`,
      { stream: odd.stream, also: [typeNode(usual.node).place] },
    );
  }
}

/** As many have to agree where they stand anywhere in a schema. */
const fewestAnywhere = 6;

/** Names of numbers: an amount is a text in one API and a number in another, and in one API the same. */
const isOfNumber = /(?:^| )(?:amount|count|total|price|quantity|duration)$/;

/** One field among all of its name, at whatever depth: `rate.amount` is a text, and every other "amount" a number. */
function* oddOfName(fields: readonly SchemaField[], told: Set<ManifestNode>): Generator<CheckEvent> {
  for (const [name, uses] of grouped(fields, (field) => field.name)) {
    const [kind, ...more] = new Set(uses.map((use) => use.kind));
    if (kind === undefined || more.length !== 1) continue;
    for (const one of uses) {
      if (told.has(one.node)) continue;
      const [other, ...others] = uses.filter((use) => use.kind !== one.kind);
      if (other === undefined || others.length + 2 !== uses.length || others.length + 1 < fewestAnywhere)
        continue;
      if (isEither(one.kind, other.kind) && !isOfNumber.test(one.words)) continue;
      told.add(one.node);
      yield violation(
        typeNode(one.node),
        `A field "${name}" of stream "${one.stream}" is ${called[one.kind]}, and all ${others.length + 1} others of this name in the manifest are ${called[other.kind]}.`,
        { stream: one.stream, also: [typeNode(other.node).place] },
      );
    }
  }
}

/** Ids and states are numbers here and texts there, of one API even; moments are not. */
function isEither(a: Kind | undefined, b: Kind | undefined): boolean {
  return [a, b].every((kind) => kind === 'text' || kind === 'number');
}

const isMoment =
  /^(?:last )?(?:created|updated|modified|deleted|closed|completed)(?: (?:at|on|date|time))?$|^(?:date|time) (?:created|updated|modified)$/;

/** As many streams have to agree before another one is odd. */
const fewestOthers = 3;

function* odd(
  fields: ReadonlyMap<string, readonly SchemaField[]>,
  told: Set<ManifestNode>,
): Generator<CheckEvent> {
  const moments = [...fields.values()].flat().filter(({ words }) => isMoment.test(words));
  for (const [name, uses] of fields) {
    const all = new Set(uses.map(({ kind }) => kind));
    if (all.size !== 2) continue;
    for (const kind of all) {
      const [one, ...more] = uses.filter((use) => use.kind === kind);
      const others = uses.filter((use) => use.kind !== kind);
      const [other] = others;
      if (one === undefined || more.length > 0 || others.length < fewestOthers) continue;
      if (isAsDescribed(one.node, kind) || (kind === 'list' && / ids$/.test(one.words))) continue;
      if (isEither(kind, other?.kind)) {
        if (!isMoment.test(one.words)) continue;
        // Where all moments of an object are written so, that is how it writes them.
        const beside = moments.filter((field) => field.object === one.object && field.node !== one.node);
        if (beside.length > 0 && beside.every((field) => field.kind === kind)) continue;
      }
      told.add(one.node);
      yield violation(
        typeNode(one.node),
        `"${name}" of stream "${one.stream}" is ${called[kind]}, and in all ${others.length} other streams that have such a field it is ${called[other?.kind ?? 'text']}.`,
        {
          stream: one.stream,
          also: other === undefined ? [] : [typeNode(other.node).place],
        },
      );
    }
  }
}
