import { fieldOf, type ManifestNode, type MappingNode } from '../../manifest/node.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { editDistance } from '../../util/text/did-you-mean.ts';
import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { once } from '../once.ts';
import { schemasIn } from '../schema-walk.ts';

export const schemaWords = defineCheck({
  id: 'schema-words',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: 'no keyword of a schema looks like a typo of one that JSON schema has, and the fields of an object stand in its `properties`: elsewhere nobody reads them',
  async *run(subject) {
    const isNew = once();
    yield* eachSchema(subject, function* ({ node }, { name }) {
      const strays: { word: string; other: string; key: ManifestNode; field: string }[] = [];
      for (const { node: schema, path } of schemasIn(node)) {
        if (!isNew(schema)) continue;
        const [first, second] = strayFields(schema);
        if (first !== undefined && second !== undefined) {
          strays.push({ ...first, other: second.word, field: fieldAt(path) });
          continue;
        }
        for (const [word, { key }] of schema.entries) {
          const meant = known.has(word) ? undefined : meantBy(word);
          if (meant === undefined || schema.entries.has(meant)) continue;
          yield violation(
            key,
            `"${word}" is no keyword of JSON schema, so it says nothing of ${fieldAt(path)} of stream "${name}": was "${meant}" meant?`,
            { stream: name },
          );
        }
      }
      // An object that is part of several others has the same slip in each.
      for (const [stray, ...more] of grouped(strays, ({ word, other }) => `${word} ${other}`).values()) {
        if (stray === undefined) continue;
        const { word, other, key, field } = stray;
        yield violation(
          key,
          `"${word}" and "${other}" are no keywords of JSON schema, so they say nothing: are they "properties" of ${field} of stream "${name}"?`,
          { stream: name, also: more.map((each) => each.key.place) },
        );
      }
    });
  },
});

function fieldAt(path: readonly string[]): string {
  return path.length === 0 ? 'the records' : `"${path.join('.')}"`;
}

/** What is described as fields are, in an object that has no `properties`. */
function strayFields(schema: MappingNode): readonly { readonly word: string; readonly key: ManifestNode }[] {
  if (schema.entries.has('properties')) return [];
  return [...schema.entries].flatMap(([word, { key, value }]) => {
    const type = known.has(word) || word.startsWith('x-') ? undefined : fieldOf(value, 'type');
    return type === undefined || type.kind === 'mapping' ? [] : [{ word, key }];
  });
}

/** Of draft 7, those of later drafts and of OpenAPI that schemas have too, and Airbyte's own. */
const known = new Set(
  `$id $schema $ref $comment $defs title description default examples example readOnly writeOnly deprecated type enum const
  multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern format contentMediaType
  contentEncoding items additionalItems maxItems minItems uniqueItems contains maxProperties minProperties required
  properties patternProperties additionalProperties dependencies propertyNames if then else allOf anyOf oneOf not
  definitions nullable airbyte_type airbyte_secret order`.split(/\s+/),
);

/** Whoever slips in what only describes changes nothing. */
const remarks =
  /^(?:title|description|default|examples?|readOnly|writeOnly|deprecated|\$comment|order|then|else|contentMediaType|contentEncoding)$/;
const meaningful = [...known].filter((word) => word.length >= 4 && !remarks.test(word));

function meantBy(word: string): string | undefined {
  const text = word.toLowerCase().replace(/[^a-z]/g, '');
  return meaningful.find((each) => {
    const other = each.toLowerCase().replace(/[^a-z]/g, '');
    return text === other || (text.length >= 3 && editDistance(text, other) === 1 && text !== `${other}s`);
  });
}
