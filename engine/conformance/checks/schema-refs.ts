import { isObject } from '../../util/json/json.ts';
import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { referencesIn } from '../schema-walk.ts';

export const schemaRefs = defineCheck({
  id: 'schema-refs',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  doc: 'no reference is left in the schema of a stream: destinations do not resolve them',
  run: (subject) =>
    eachSchema(subject, function* ({ value, node }, { name, at }) {
      const said = `The schema of stream "${name}" refers to one elsewhere, which destinations do not resolve. Write it out here.`;
      // In a file, what it refers to has been put in.
      if (!holdsReference(value)) return;
      const places = node === undefined ? [] : [...referencesIn(node)];
      for (const place of places.length > 0 ? places : [at.node])
        yield violation(place, said, { stream: name });
    }),
});

/** A reference, or the text of one where a schema belongs. */
function holdsReference(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  if (typeof schema['$ref'] === 'string') return true;
  const { properties, items } = schema;
  const inside = isObject(properties) ? Object.values(properties) : [];
  const parts = ['oneOf', 'anyOf', 'allOf'].flatMap((word) =>
    Array.isArray(schema[word]) ? schema[word] : [],
  );
  return [...inside, items, ...parts].some((each) => typeof each === 'string' || holdsReference(each));
}
