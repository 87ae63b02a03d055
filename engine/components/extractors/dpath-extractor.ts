import * as z from 'zod';
import type { RecordExpander } from '../../contract/families.ts';
import type { DecodedResponse } from '../../contract/http-response.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { pyTruth } from '../../template/python-values.ts';
import { isObject } from '../../util/json/json.ts';
import type { Segment } from '../../util/path/dpath.ts';
import { compileFieldPath, compileMissing, compilePlace, templatePath } from './record-path.ts';

/**
 * Finds the records of a decoded response at a path. A list gives its items, an object is a single record, anything
 * empty gives none.
 */
export const DpathExtractor = component({
  family: 'RecordExtractor',
  type: 'DpathExtractor',
  doc: 'Finds the records of a response at a path of fields.',
  fields: () => ({
    field_path: z
      .array(template())
      .describe(
        'Fields that lead to the records; "*" stands for every item. Empty takes the whole document.',
      ),
    record_expander: slot('RecordExpander', 'RecordExpander')
      .optional()
      .describe('Makes several records out of each one that is found.'),
  }),
  traits: () => ({ looksAtPath: true }),
  make({ field_path, record_expander }, scope) {
    const path = templatePath(
      field_path.map((segment) => segment(scope)),
      compileFieldPath,
    );
    const expander = record_expander?.(scope);

    const missing = templatePath(
      field_path.map((segment) => segment(scope)),
      compileMissing,
    );

    const place = templatePath(
      field_path.map((segment) => segment(scope)),
      compilePlace,
    );

    function foundIn(body: unknown): readonly unknown[] {
      const found = path()(body);
      if (Array.isArray(found)) return found;
      return pyTruth(found) ? [found] : [];
    }

    function recordsOf(body: unknown): readonly unknown[] {
      const records = foundIn(body);
      if (expander === undefined) return records;
      return records.flatMap((record) => (isObject(record) ? expander.expand(record) : [record]));
    }

    /** None of its fields may be a pattern, or an index. */
    const plainPath = templatePath(
      field_path.map((segment) => segment(scope)),
      (segments) => (expander === undefined && segments.every(isPlainName) ? segments : undefined),
    );

    return Object.freeze({
      plainPath,
      isMissingFrom: (document: unknown) => missing()(document),
      placeIn: (document: unknown) => place()(document),
      async *extract(page: DecodedResponse) {
        for await (const documents of page.documents()) {
          if (expander?.fetch !== undefined) {
            yield* fetchItems(documents.flatMap(foundIn), expander);
            continue;
          }
          const only = documents[0];
          const records = documents.length === 1 ? recordsOf(only) : documents.flatMap(recordsOf);
          if (records.length > 0) yield records;
        }
      },
    });
  },
});

function isPlainName(segment: Segment): segment is string {
  return typeof segment === 'string' && /^[A-Za-z_][\w -]*$/.test(segment);
}

/** Expands records, some of which need a request for that. */
async function* fetchItems(
  records: readonly unknown[],
  expander: RecordExpander,
): AsyncGenerator<readonly unknown[]> {
  let items: unknown[] = [];
  for (const record of records) {
    const fetched = isObject(record) ? expander.fetch?.(record) : undefined;
    if (fetched === undefined) {
      items = items.concat(isObject(record) ? expander.expand(record) : [record]);
      continue;
    }
    if (items.length > 0) yield items;
    items = [];
    yield* fetched;
  }
  if (items.length > 0) yield items;
}
