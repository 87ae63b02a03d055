import { fieldOf } from '../../manifest/node.ts';
import { remembered } from '../../util/flow/remembered.ts';
import { defineCheck } from '../check.ts';
import { beginnings, isAsDescribed } from '../described-kinds.ts';
import { looked, violation } from '../events.ts';
import { fieldsIn, hasParts, placeOf, type SchemaField, typeNode } from '../schema-fields.ts';
import { called, type Kind } from '../value-kinds.ts';

export const fieldDescriptions = defineCheck({
  id: 'field-descriptions',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  saysMoreThan: ['field-types', 'schema-types'],
  doc: 'no field has a type that its own description rules out, such as a text for "List of nameservers"',
  async *run(subject) {
    const fields = await fieldsIn(subject);
    const spelled = spelledNumbers(fields);
    for (const field of fields) {
      const { node, kind, stream, path } = field;
      const description = fieldOf(node, 'description');
      if (description?.kind !== 'scalar' || typeof description.value !== 'string' || hasParts(node)) continue;
      const text = description.value.trim();
      yield looked(stream);
      const [, , what] = never.find(([begins, kinds]) => kinds.includes(kind) && begins.test(text)) ?? [];
      if (what === undefined || spelled.has(placeOf(field.object)) || isNumbering(field, text)) continue;
      yield violation(
        typeNode(node),
        `"${path.join('.')}" of stream "${stream}" is ${what} by its description, and ${called[kind]} by its schema.`,
        { stream, also: [description.place] },
      );
    }
  },
});

/** "Duration of the call in seconds": how long, how large or how far, in units. */
const measured =
  /^(?:the )?(?:(?:total|average|maximum|minimum|max|min|call|talk|wait|response|file|video|audio) )?(?:duration|length|size|time|uptime|timeout|height|width|distance|age)\b(?! (?:stamp|zone|at|on|when)\b)[^.;,]{0,60}\b\(?in (?:whole )?(?:seconds|milliseconds|minutes|hours|days|bytes|kilobytes|megabytes|pixels|meters|metres|kilometers|miles)\b/i;

/** How descriptions begin, with the kinds of which no such value is. */
const never: readonly (readonly [begins: RegExp, kinds: readonly Kind[], what: string])[] = [
  [beginnings.list, ['text', 'number', 'flag'], 'a list'],
  [
    beginnings.flag,
    // Many APIs write a flag as "Y" or 1.
    ['list', 'object'],
    'true or false',
  ],
  [/^(?:the )?(?:name|title|url|e-?mail(?: address)?) (?:of|for) /i, ['number', 'flag'], 'a text'],
  [/^(?:the )?(?:date|time|timestamp) /i, ['flag'], 'a moment'],
  [/^(?:the )?(?:unique )?(?:id|identifier|uuid) (?:of|for) /i, ['flag'], 'an id'],
  [
    /^(?:the )?(?:total |net |gross )?(?:amount|price|cost|sum|percentage|average|height|width|length|duration|quantity|index|position|size) (?:of|in|for|at) /i,
    ['flag'],
    'a number',
  ],
  [measured, ['text', 'flag', 'list', 'object'], 'a number'],
  [beginnings.number, ['text', 'flag', 'list', 'object'], 'a number'],
];

/** Of fields with what is a number by its description: more than it takes for a slip. */
const fewTexts = 3;

/** As many texts are no slip, even where a few numbers stand among them. */
const manyTexts = 6;

/** The objects in which every number is a text, or by far the most of many: so the API writes them. */
function spelledNumbers(fields: readonly SchemaField[]): ReadonlySet<string> {
  const kindsOf = new Map<string, Kind[]>();
  for (const { node, kind, object } of fields)
    if (isAsDescribed(node, 'number')) remembered(kindsOf, placeOf(object), () => []).push(kind);
  const spelled = [...kindsOf].filter(([, kinds]) => {
    const texts = kinds.filter((kind) => kind === 'text').length;
    return texts >= fewTexts && (texts === kinds.length || (texts >= manyTexts && texts * 2 > kinds.length));
  });
  return new Set(spelled.map(([object]) => object));
}

/** A number that things are told apart by, such as that of an invoice, is as often a text. */
function isNumbering({ words, kind }: SchemaField, description: string): boolean {
  return kind === 'text' && /(?:^| )(?:number|no|nr)$/.test(words) && /^(?:the )?number /i.test(description);
}
