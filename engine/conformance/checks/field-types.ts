import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { textIn } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { once } from '../once.ts';
import { schemasIn, typesOf } from '../schema-walk.ts';
import { schemaNode } from '../stream-schema.ts';
import { streamsIn } from '../streams-in.ts';
import type { StreamAt, Subject } from '../subject.ts';
import { wordsOf } from '../words.ts';

export const fieldTypes = defineCheck({
  id: 'field-types',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: 'no field has a type that its name rules out, such as a list for an e-mail address, nor one that all other streams of the manifest give differently',
  async *run(subject) {
    yield* eachSchema(subject, namesRuleOut);
    const listed = new Set((await subject.streams()).map(({ at }) => at.node));
    // Streams that are only parents, and templates of streams, have schemas too.
    for (const at of streamsIn(subject.source)) {
      if (listed.has(at.node)) continue;
      const name = textIn(at, 'name') ?? '';
      yield* namesRuleOut({ node: await schemaNode(at, name, subject.readFile) }, { name });
    }
    yield* odd(await fieldsByName(subject));
  },
});

type Kind = 'text' | 'number' | 'flag' | 'object' | 'list';
const kinds: Readonly<Record<string, Kind>> = {
  string: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'flag',
  object: 'object',
  array: 'list',
};

/** The one kind of values that a schema allows, besides null; undefined when there are several. */
function kindOf(node: ManifestNode): Kind | undefined {
  const types = new Set(typesOf(node).flatMap((type) => kinds[type] ?? []));
  return types.size === 1 ? [...types][0] : undefined;
}

/** Names, by their last words, with the kinds that their values are never of. */
const never: readonly (readonly [words: RegExp, kinds: readonly Kind[], what: string])[] = [
  [/^e ?mail(?: address)?$/, ['flag', 'number'], 'an e-mail address'],
  [
    /^(?:first|last|full|middle|user|file|company|display|given|family|customer) ?name$/,
    ['flag', 'number', 'list', 'object'],
    'a name',
  ],
  [/^(?:name|description|title)$/, ['flag', 'number'], 'a text'],
  [/^(?:.* )?(?:url|uri|href)$|^website$/, ['flag', 'number', 'object'], 'an address'],
  [
    /^(?:time ?zone|locale|currency(?: code)?|country code|postal ?code|zip ?code|city|phone(?: number)?|slug|username|uuid|domain)$/,
    ['flag'],
    'a text',
  ],
  [
    /^(?:created|updated|modified|deleted|closed|completed|published|archived|expires?|started|ended|sent|paid|cancell?ed) (?:at|on|date|time)$|^(?:date|time) (?:created|updated|modified)$|^(?:creation|modification) date$/,
    ['flag', 'list', 'object'],
    'a moment',
  ],
  [/^(?:due|start|end) (?:date|time)$/, ['list', 'object'], 'a moment'],
  [/^(?:date|datetime|timestamp)$/, ['flag', 'list', 'object'], 'a moment'],
  [/^(?:created|updated|modified)$/, ['list', 'object'], 'a moment'],
  [/^last (?:modified|updated)(?: (?:at|on|date|time))$/, ['list', 'object'], 'a moment'],
  [/^(?:.* )?(?:id|uuid|guid)$/, ['flag', 'list', 'object'], 'an id'],
  [
    /^(?:is|has) .*$|^(?:enabled|active|deleted|archived|hidden|locked|verified|billable|published|required|default)$/,
    ['list', 'object'],
    'true or false',
  ],
  [
    /^(?:count|quantity|amount|price|total|subtotal|balance|width|height|weight|latitude|longitude|duration|position|(?:total|item|user|member|view|comment|order|page|record|click|open|response) (?:count|quantity))$/,
    ['flag', 'list'],
    'a number',
  ],
  [
    /^(?:maximum|minimum|max|min) .*$|^.* (?:limit|amount|price|percentage|percent|rate)$/,
    ['list'],
    'a number',
  ],
  [/^(?:maximum|minimum|max|min) .*$/, ['flag'], 'a number'],
  [/^(?:status|state|type|color|language|role|kind|currency|country)$/, ['list'], 'a text'],
  [/^(?:type|color|language|kind|currency|country)$/, ['flag'], 'a text'],
];

const called: Readonly<Record<Kind, string>> = {
  text: 'a text',
  number: 'a number',
  flag: 'true or false',
  object: 'an object',
  list: 'a list',
};

function* namesRuleOut(
  { node: root }: { readonly node: ManifestNode | undefined },
  { name: stream }: Pick<StreamAt, 'name'>,
): Generator<CheckEvent> {
  for (const { node, path } of schemasIn(root)) {
    const name = path.at(-1);
    const kind = kindOf(node);
    if (name === undefined || name === '[]' || name === '*' || kind === undefined) continue;
    const words = wordsOf(name).join(' ');
    const [, , what] = never.find(([pattern, kinds]) => kinds.includes(kind) && pattern.test(words)) ?? [];
    // What has parts of its own is an object or a list whatever it is called.
    if (what === undefined || hasParts(node)) continue;
    yield violation(
      fieldOf(node, 'type') ?? node,
      `"${path.join('.')}" of stream "${stream}" is ${what} by its name, and ${called[kind]} by its schema.`,
      { stream },
    );
  }
}

function hasParts(node: ManifestNode): boolean {
  return fieldOf(node, 'properties') !== undefined || fieldOf(node, 'items') !== undefined;
}

interface FieldUse {
  readonly node: ManifestNode;
  readonly kind: Kind;
  readonly stream: string;
}

/** The fields at the top of records, by their names. */
async function fieldsByName(subject: Subject): Promise<ReadonlyMap<string, readonly FieldUse[]>> {
  const isNew = once();
  const found = new Map<string, FieldUse[]>();
  for (const stream of await subject.streams()) {
    const schema = await stream.schema();
    for (const { node, path } of schemasIn(schema?.node)) {
      const name = path[0];
      const kind = kindOf(node);
      if (path.length !== 1 || name === undefined || kind === undefined || hasParts(node) || !isNew(node))
        continue;
      found.set(name, [...(found.get(name) ?? []), { node, kind, stream: stream.name }]);
    }
  }
  return found;
}

/** Ids and states are numbers here and texts there, of one API even; moments are not. */
function isEither(a: Kind | undefined, b: Kind | undefined): boolean {
  return [a, b].every((kind) => kind === 'text' || kind === 'number');
}

const isMoment =
  /^(?:last )?(?:created|updated|modified|deleted|closed|completed)(?: (?:at|on|date|time))?$|^(?:date|time) (?:created|updated|modified)$/;

/** As many streams have to agree before another one is odd. */
const fewestOthers = 3;

function* odd(fields: ReadonlyMap<string, readonly FieldUse[]>): Generator<CheckEvent> {
  for (const [name, uses] of fields) {
    const all = new Set(uses.map(({ kind }) => kind));
    if (all.size !== 2) continue;
    for (const kind of all) {
      const [one, ...more] = uses.filter((use) => use.kind === kind);
      const others = uses.filter((use) => use.kind !== kind);
      const [other] = others;
      if (one === undefined || more.length > 0 || others.length < fewestOthers) continue;
      if (isEither(kind, other?.kind) && !isMoment.test(wordsOf(name).join(' '))) continue;
      yield violation(
        fieldOf(one.node, 'type') ?? one.node,
        `"${name}" of stream "${one.stream}" is ${called[kind]}, and in all ${others.length} other streams that have such a field it is ${called[other?.kind ?? 'text']}.`,
        {
          stream: one.stream,
          also: other === undefined ? [] : [(fieldOf(other.node, 'type') ?? other.node).place],
        },
      );
    }
  }
}
