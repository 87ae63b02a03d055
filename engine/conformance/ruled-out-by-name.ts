import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import { walk } from '../manifest/walk.ts';
import { pathsRead } from '../simulator/texts-in.ts';
import { idPattern } from '../util/text/id-words.ts';
import { singular } from '../util/text/singular.ts';
import { type ComponentAt, textIn } from '../validate/visit.ts';
import type { CheckEvent } from './check.ts';
import { isAsDescribed } from './described-kinds.ts';
import { violation } from './events.ts';
import { asks } from './name-kinds.ts';
import { hasParts, typeNode } from './schema-fields.ts';
import { schemasIn } from './schema-walk.ts';
import { isMadeSo, isOfChoice } from './type-excuses.ts';
import { called, type Kind, kindOf } from './value-kinds.ts';
import { wordsOf } from './words.ts';

/**
 * Names, by their words, with the kinds that their values are never of: what a thousand schemas of published connectors
 * agree on. Objects and lists are those without parts of their own.
 */
const never: readonly (readonly [words: RegExp, kinds: readonly Kind[], what: string])[] = [
  [/^e ?mail(?: address)?$/, ['flag', 'number'], 'an e-mail address'],
  [/^.* e ?mail$/, ['object'], 'an e-mail address'],
  [
    /^(?:first|last|full|middle|user|file|company|display|given|family|customer|account|product|project|campaign|team|group|country|city|event|channel|brand|plan|item|store|client|contact|owner|author|organi[sz]ation|room|role|field|attribute|report|folder|file|host|domain|table|form|page|list|job|course|location|department|service|template|category|tag|agent|vendor|supplier|business|employee|manager|creator|short|long|nick|screen|login|legal|middle|maiden|parent|key|class|source) name$/,
    ['flag', 'number'],
    'a name',
  ],
  [/^(?:.* )?(?:name|title)$/, ['list', 'object'], 'a text'],
  // Many APIs give a description with its forms: { plain, html }.
  [/^(?:.* )?description$/, ['list'], 'a text'],
  [/^(?:name|description|title)$/, ['flag', 'number'], 'a text'],
  [/^(?:.* )?(?:url|uri|href)$/, ['flag', 'number', 'list', 'object'], 'an address'],
  [/^website$/, ['flag', 'number', 'object'], 'an address'],
  [/^(?:.* )?(?:city|slug|username|uuid)$/, ['flag', 'number', 'list', 'object'], 'a text'],
  [
    /^(?:time ?zone|locale|currency(?: code)?|country code|postal ?code|zip ?code|phone(?: number)?|domain)$/,
    ['flag'],
    'a text',
  ],
  [/^.* (?:code|phone|country|currency|region)$/, ['flag', 'list'], 'a text'],
  [
    /^(?:.* )?(?:at|date|datetime|timestamp)$|^.* (?:date|time|timestamp) \S+$/,
    ['list', 'object'],
    'a moment',
  ],
  [/^.* (?:at|timestamp)$|^(?:date|datetime|timestamp)$/, ['flag'], 'a moment'],
  [
    /^(?:created|updated|modified|deleted|closed|completed|published|archived|expires?|started|ended|sent|paid|cancell?ed) (?:on|date|time)$|^(?:date|time) (?:created|updated|modified)$|^(?:creation|modification) date$/,
    ['flag', 'list', 'object'],
    'a moment',
  ],
  [/^(?:due|start|end) time$/, ['list', 'object'], 'a moment'],
  [/^(?:created|updated|modified)$/, ['list', 'object'], 'a moment'],
  [new RegExp(`^(?:.* )?(?:${idPattern})$`), ['flag', 'list', 'object'], 'an id'],
  [new RegExp(`^(?:.* )?(?:${idPattern})s$`), ['flag', 'number'], 'a list of ids'],
  [/^(?:is|has) .*$|^(?:enabled|active|billable|required|default)$/, ['list', 'object'], 'true or false'],
  [/^(?:active|disabled|locked)$/, ['text'], 'true or false'],
  // What has been done to something has a time and a reason, and what is hidden are fields.
  [/^(?:deleted|archived|hidden|locked|verified|published)$/, ['list'], 'true or false'],
  [/^(?:notes?|sku|barcode)$/, ['flag'], 'a text'],
  [/^(?:has|can|allow) .*$/, ['text', 'list', 'object'], 'true or false'],
  [
    /^(?:count|quantity|amount|price|total|subtotal|balance|width|height|weight|latitude|longitude|duration|position)$|^.* count$/,
    ['flag', 'list', 'object'],
    'a number',
  ],
  [/^.* (?:quantity|width|height)$/, ['list', 'object'], 'a number'],
  [/^(?:.* )?(?:rating|score)$/, ['list'], 'a number'],
  [/^(?:.* )?(?:alias|avatar)$/, ['list'], 'a text'],
  [
    /^(?:maximum|minimum|max|min) .*$|^.* (?:limit|amount|price|total|balance|duration|size|percentage|percent|rate)$/,
    ['flag', 'list'],
    'a number',
  ],
  [/^(?:status|state|type|color|language|role|kind|currency|country)$/, ['list'], 'a text'],
  [/^(?:type|color|language|kind|currency|country)$/, ['flag'], 'a text'],
  [/^.* (?:status|state)$/, ['list', 'object'], 'a text'],
  [/^.* (?:type|color|language|kind)$/, ['flag', 'list', 'object'], 'a text'],
  [
    /^(?:.* )?(?:title|email|label|text|username|sku|subject|summary|locale|hostname|filename|html|symbol|mime type)$|^(?:domain|fax)$|^(?:\S+ )?(?:avatar|body|city|currency|host|icon|image|industry|ip|kind|language|notes|password|path|prefix|slug|street2?|suffix|tag|token|uid|website|zone)$|^.* user agent$|^(?:currency|country|language) code$/,
    ['number'],
    'a text',
  ],
  [
    /^(?:\S+ )?(?:account|address|agent|avatar|body|city|class|code|color|comment|company|country|currency|description|domain|entity|fax|hash|host|href|html|icon|image|industry|ip|key|kind|label|language|link|location|medium|memo|message|method|model|notes|organi[sz]ation|origin|owner|path|phone|picture|prefix|reason|reference|region|role|sku|slug|source|stage|street2?|style|subject|suffix|summary|symbol|text|time ?zone|title|token|unit|uri|username|version|website|zip|zip ?code|zone)$|^\S+ tag$|^(?:content|category)$/,
    ['flag'],
    'a text',
  ],
  [/^(?:text|string) value$/, ['flag', 'number'], 'a text'],
  [
    /^(?:\S+ )?(?:amount|balance|cost|count|distance|duration|fee|frequency|height|index|interval|latitude|length|level|longitude|month|number|offset|percent|percentage|period|position|price|quantity|range|rank|rate|rating|score|size|subtotal|value|weight|width|year)$/,
    ['flag'],
    'a number',
  ],
];

export function* ruledOutByName(
  { node: root }: { readonly node: ManifestNode | undefined },
  at: ComponentAt,
  told: Set<ManifestNode>,
): Generator<CheckEvent> {
  const stream = textIn(at, 'name') ?? '';
  for (const schema of schemasIn(root)) {
    const { node, path, parent } = schema;
    const name = path.at(-1);
    const kind = kindOf(node);
    if (name === undefined || name === '[]' || name === '*' || kind === undefined) continue;
    const words = wordsOf(name).join(' ');
    // APIs that have no flags write 0 and 1.
    if ((kind === 'flag' || kind === 'number') && asks.test(words)) continue;
    const [, , what] = never.find(([pattern, kinds]) => kinds.includes(kind) && pattern.test(words)) ?? [];
    if (
      kind === 'flag' &&
      asksWhatItIs(words, path.findLast((step, at) => at < path.length - 1 && step !== '[]') ?? stream)
    )
      continue;
    const mayBeOption = kind === 'flag' && what !== undefined && !neverOptions.has(what);
    const isNested = path.length > 1;
    if (mayBeOption && parent !== undefined && holdsOptions(parent.node, node, what, isNested)) continue;
    // What has parts of its own is an object or a list whatever it is called.
    if (what === undefined || hasParts(node) || isAsDescribed(node, kind)) continue;
    if (isOfChoice(schema) || isMadeSo(at, path, kind)) continue;
    if (kind === 'object' && isLookedInto(name, at)) continue;
    // `countsByType` are counts, each of a type.
    if (kind === 'list' && /s by /.test(words)) continue;
    told.add(node);
    yield violation(
      typeNode(node),
      `"${path.join('.')}" of stream "${stream}" is ${what} by its name, and ${called[kind]} by its schema.`,
      { stream },
    );
  }
}

/** Whether a stream reads fields of what has this name, or asks for them: `record.author.id`, or `author { id }` of a GraphQL query. */
function isLookedInto(name: string, { node }: ComponentAt): boolean {
  const isRead = pathsRead(node, ['record']).some(({ path }) => path.slice(0, -1).includes(name));
  const asked = new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\s*(?:\\([^()]*\\)\\s*)?\\{(?!\\{)`);
  return (
    isRead ||
    [...walk(node)].some(({ node: each }) => each.kind === 'scalar' && asked.test(String(each.value)))
  );
}

/** What no option is about, or is not called like alone. */
const neverOptions: ReadonlySet<string> = new Set(['a moment', 'an id', 'an address', 'a list of ids']);

/** Whether more than a quarter of what else an object has are flags: "image" is whether to show it, among options. */
function holdsOptions(object: ManifestNode, field: ManifestNode, what: string, isNested: boolean): boolean {
  const properties = fieldOf(object, 'properties');
  if (properties?.kind !== 'mapping') return false;
  const others = [...properties.entries.values()].flatMap(({ value }) =>
    value === field || hasParts(value) ? [] : (kindOf(value) ?? []),
  );
  // Who is the owner is asked of a record, too; what has an id has few options for its numbers.
  const share = what === 'a number' && properties.entries.has('id') ? 2 : 4;
  // An object in a record with nothing else in it is a set of options that has one.
  if (others.length === 0) return isNested && properties.entries.size === 1;
  return others.filter((kind) => kind === 'flag').length * share > others.length;
}

/** Sorts of a thing that a record may be one of, and who a record of somebody may be. */
const sorts = /^(?:sub|main|primary|secondary|root|master|test|guest|billing|shipping)$/;
const parties = /^(?:agent|entity|organi[sz]ation|owner)$/;
const somebody =
  /^(?:agent|client|contact|customer|employee|lead|member|owner|partner|party|people|person|supplier|user|vendor)$/;

/** `SubAccount` of an account and `Organization` of an employee ask whether it is one. */
function asksWhatItIs(words: string, object: string): boolean {
  const what = singular(wordsOf(object).at(-1) ?? '');
  const [first = '', ...more] = words.split(' ');
  if (more.length === 0) return parties.test(first) && somebody.test(what);
  return more.length === 1 && sorts.test(first) && more[0] === what;
}
