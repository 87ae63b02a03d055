import { isObject } from '../../util/json/json.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { fieldSchemas, typesIn } from '../schema-paths.ts';
import { wordsOf } from '../words.ts';

export const pkIdentity = defineCheck({
  id: 'pk-identity',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: 'a primary key is not made of fields alone that many records share by their name or type, such as a status, a flag or a moment',
  run: (subject) =>
    eachSchema(subject, function* ({ value }, { name, at, definition }) {
      const key = definition?.primaryKey ?? [];
      const [path, ...more] = key;
      if (path === undefined || more.length > 0) return;
      const [property] = fieldSchemas(value, path);
      const types = property === undefined ? [] : typesIn(property).filter((type) => type !== 'null');
      const field = path.join('.');
      const last = wordsOf(path.at(-1) ?? '').at(-1) ?? '';
      const better = idsIn(value, name).find((id) => id !== field);
      const why =
        types.length === 1 && types[0] === 'boolean'
          ? 'is true or false'
          : Array.isArray(property?.['enum'])
            ? 'is one of few choices'
            : shared.has(last) && !isList(last, name)
              ? 'has the same value in many records by its name'
              : better !== undefined && descriptive.has(last) && !isAlone(at)
                ? `says what a record is, and there is "${better}", which says which one it is`
                : undefined;
      if (why === undefined) return;
      yield violation(
        written(at, 'primary_key') ?? at.node,
        `The primary key of stream "${name}", "${field}", ${why}: of records with the same key a destination keeps one.`,
        { stream: name },
      );
    }),
});

/** What APIs call the one who asks. */
const own = /^(?:me|self|whoami|profile|account|company|current[_-]?user|user|settings)$/i;

/** An answer that is the one record there is, such as the account itself. */
function isAlone(at: ComponentAt): boolean {
  const retriever = childIn(at, 'retriever');
  const path = written(childIn(childIn(retriever, 'record_selector'), 'extractor'), 'field_path');
  const asked = textIn(childIn(retriever, 'requester'), 'path') ?? '';
  return (
    own.test(textIn(at, 'name') ?? '') &&
    own.test(asked.split('/').findLast((part) => part !== '') ?? 'me') &&
    path?.kind === 'sequence' &&
    path.items.length === 0 &&
    childIn(retriever, 'paginator')?.traits.paginates !== true &&
    childIn(retriever, 'partition_router') === undefined
  );
}

/** A stream of statuses has one record for each. */
function isList(word: string, stream: string): boolean {
  return wordsOf(stream).some(
    (each) =>
      each === word ||
      each.replace(/ies$/, 'y').replace(/(?:es|s)$/, '') === word.replace(/s$/, '') ||
      each.replace(/s$/, '') === word,
  );
}

/** What many records have alike. */
const shared = new Set(
  'status state type kind category color currency country language locale timezone active enabled deleted archived amount price total count quantity size role priority stage period'.split(
    ' ',
  ),
);

/** What tells records apart where there is nothing better. */
const descriptive = new Set(
  'name title description email label phone subject text note notes address city url message comment date created updated at'.split(
    ' ',
  ),
);

/** Fields that say which record it is: "id", "uuid", "item_id" of a stream of items. */
function idsIn(schema: unknown, stream: string): readonly string[] {
  const properties = isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties) : [];
  const words = wordsOf(stream).map((word) => word.replace(/ies$/, 'y').replace(/s$/, ''));
  return properties.filter((name) => {
    const own = wordsOf(name);
    return (
      /^_?(?:id|uuid|guid)$/i.test(name) || (own.length === 2 && own[1] === 'id' && own[0] === words.at(-1))
    );
  });
}
