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
  doc: 'no keyword of a schema is a slip of the keys away from one that JSON schema has: what it says is read by nobody',
  async *run(subject) {
    const isNew = once();
    yield* eachSchema(subject, function* ({ node }, { name }) {
      for (const { node: schema, path } of schemasIn(node)) {
        if (!isNew(schema)) continue;
        for (const [word, { key }] of schema.entries) {
          const meant = known.has(word) ? undefined : meantBy(word);
          if (meant === undefined || schema.entries.has(meant)) continue;
          const field = path.length === 0 ? 'the records' : `"${path.join('.')}"`;
          yield violation(
            key,
            `"${word}" is no keyword of JSON schema, so it says nothing of ${field} of stream "${name}": was "${meant}" meant?`,
            { stream: name },
          );
        }
      }
    });
  },
});

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
