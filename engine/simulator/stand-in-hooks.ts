import * as z from 'zod';
import type { DecodedResponse } from '../contract/http-response.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { template } from '../language/fields.ts';
import { defineHook, type Hook } from '../language/hook.ts';
import { makeDefault } from '../language/slots.ts';
import { isObject } from '../util/json/json.ts';
import { documentWith } from './place-records.ts';

const name = 'StandIn';
const noFields = () => ({});

/** Hooks without which a stream is read all the same: what stands in for one does nothing. */
export const hooksForReading: readonly Hook[] = [
  defineHook('Authenticator', { name, fields: noFields, make: () => ({ authenticate() {} }) }),
  defineHook('BackoffStrategy', { name, fields: noFields, make: () => ({ backoff: () => undefined }) }),
  defineHook('ErrorHandler', {
    name,
    fields: noFields,
    make: (_, scope) => makeDefault('ErrorHandler', 'DefaultErrorHandler', scope),
  }),
  // Whoever tries pages leaves streams with one of these two out.
  defineHook('PaginationStrategy', {
    name,
    fields: () => ({ page_size: z.int().positive().optional().catch(undefined) }),
    make: ({ page_size: pageSize = 100 }) => ({
      firstToken: undefined,
      nextToken: () => undefined,
      pageSize,
    }),
  }),
  defineHook('RecordExtractor', {
    name,
    fields: () => ({
      field_path: z
        .array(z.string().regex(/^[\w -]+$/))
        .optional()
        .catch(undefined),
    }),
    make: ({ field_path: path = ['records'] }) => ({
      documentOf: (records) => documentWith(path, records),
      async *extract(page: DecodedResponse) {
        for await (const documents of page.documents()) {
          // An empty object is what a body without anything in it is decoded to.
          const records = documents
            .flatMap((document) => valueAt(document, path) ?? [])
            .filter((record) => !isObject(record) || Object.keys(record).length > 0);
          if (records.length > 0) yield records;
        }
      },
    }),
  }),
  defineHook('RecordFilter', { name, fields: noFields, make: () => ({ keeps: () => true }) }),
  defineHook('SchemaLoader', { name, fields: noFields, make: () => ({ load: unknownSchema }) }),
  defineHook('SchemaNormalization', { name, fields: noFields, make: () => ({ normalize() {} }) }),
  defineHook('StateMigration', {
    name,
    fields: noFields,
    make: () => ({ shouldMigrate: () => false, migrate: (state) => state }),
  }),
  defineHook('Transformation', { name, fields: noFields, make: () => ({ transform() {} }) }),
  defineHook('ValidationStrategy', { name, fields: noFields, make: () => ({ validate() {} }) }),
];

/** Hooks that a reading needs, and what a stream is called, keyed and shaped like does not. */
export const hooksForDefinitions: readonly Hook[] = [
  ...hooksForReading,
  defineHook('ConfigTransformation', { name, fields: noFields, make: () => ({ transform() {} }) }),
  defineHook('IncrementalSync', {
    name,
    // As the cursors of the language have it, which hooks stand in for: with the parameters of its stream.
    fields: () => ({ cursor_field: template() }),
    make: ({ cursor_field: field }, scope) => ({
      cursorField: String(field(scope)()),
      allowCatalogCursorField: false,
      isClientSide: false,
      isDataFeed: false,
      open: notLoaded,
    }),
  }),
];

function valueAt(document: unknown, path: readonly string[]): unknown {
  return path.reduce((at, name) => (isObject(at) ? at[name] : undefined), document);
}

async function unknownSchema(): Promise<never> {
  return notLoaded();
}

function notLoaded(): never {
  throw new ConnectorError('It is a hook that is not loaded.', { kind: 'config_error' });
}
