import * as z from 'zod';
import type {
  Cursor,
  OpenStream,
  Reading,
  Retriever,
  StreamDefinition,
  StreamState,
} from '../../contract/families.ts';
import type { Purpose, Scope, StreamScope } from '../../contract/scope.ts';
import { emptySlice, type Page, type Slice } from '../../contract/slice.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { isFinalState } from '../../sync/cursor/final-state-cursor.ts';
import { openCursor } from '../../sync/cursor/open-cursor.ts';
import { memoize } from '../../util/flow/memoize.ts';
import { isObject } from '../../util/json/json.ts';
import { composeSchemas } from './compose-schemas.ts';
import { primaryKeyField, toPrimaryKey } from './primary-key.ts';

/** A stream: what is read, how its position is kept, what its records look like. */
export const DeclarativeStream = component({
  family: 'Stream',
  type: 'DeclarativeStream',
  doc: 'A stream of records.',
  fields: () => ({
    name: z.string().default('').describe('Name of the stream in catalogs and messages.'),
    retriever: slot('Retriever', 'SimpleRetriever').describe('How records are read.'),
    incremental_sync: slot('IncrementalSync').optional().describe('How to read only what is new.'),
    primary_key: primaryKeyField(),
    schema_loader: z
      .union([z.array(slot('SchemaLoader')), slot('SchemaLoader', 'JsonFileSchemaLoader')])
      .optional()
      .describe('Where the JSON schema of the records comes from; of several, the first wins.'),
    transformations: z
      .array(slot('Transformation'))
      .optional()
      .describe('Changes to every record, in order.'),
    state_migrations: z
      .array(slot('StateMigration'))
      .optional()
      .describe('How states of older versions are read.'),
    file_uploader: slot('FileUploader', 'FileUploader')
      .optional()
      .describe('How the file of a record is fetched.'),
  }),
  make(fields, scope): StreamDefinition {
    const { name } = fields;
    const primaryKey = toPrimaryKey(fields.primary_key);
    // The selector filters by the cursor, which only `open` makes.
    let cursor: Cursor | undefined;
    const { limits } = scope.sync;
    const schemaLoader = composeSchemas(fields.schema_loader, name, scope);
    const schema = memoize(() => schemaLoader.load());
    const stream: StreamScope = {
      name,
      primaryKey,
      transformations: (fields.transformations ?? []).map((transformation) => transformation(scope)),
      schemaLoader,
      cursorField: undefined,
      isParent: scope.asParent === true || scope.sync.isParent(name),
      fileUploader: fields.file_uploader?.({ ...scope, stream: undefined }),
    };
    const incremental = fields.incremental_sync?.({ ...scope, stream });
    const inner: Scope = {
      ...scope,
      asParent: undefined,
      purpose: scope.asParent === true ? parentPurpose(name) : scope.purpose,
      stream: {
        ...stream,
        incremental,
        cursorField: incremental?.cursorField,
        isClientSide: incremental?.isClientSide,
      },
      cursorFilter:
        incremental?.isClientSide === true && !incremental.isDataFeed
          ? (record, slice) => cursor?.shouldBeSynced(record, slice ?? emptySlice) ?? true
          : undefined,
    };
    const retriever = fields.retriever(inner);
    const migrations = (fields.state_migrations ?? []).map((migration) =>
      migration({ ...inner, migratedStream: scope.node, router: retriever.router }),
    );

    function open({
      state,
      cursorField,
      isPreview = limits !== undefined,
      signal,
    }: Parameters<StreamDefinition['open']>[0]): OpenStream {
      const opened = openCursor({
        incremental,
        router: retriever.router,
        stream: name,
        state: migrate(state),
        cursorField,
        clock: scope.sync.clock,
        isPreview,
        isSequential: scope.asParent === true,
      });
      cursor = opened;
      const reading = {
        cursor: opened,
        isDataFeed: incremental?.isDataFeed === true,
        hasState: state !== undefined && Object.keys(state).length > 0,
        isPreview,
        signal,
      };
      const isPrepared = retriever.prepare !== undefined && !isPreview;
      const needsSchema = schemaLoader.isRemote === true && !isPreview && scope.asParent !== true;
      const ready = isPrepared ? prepared(opened, retriever, reading) : opened;
      return {
        cursor: limited(needsSchema ? afterwards(schema, ready) : ready, limits?.slices),
        async *read(slice: Slice): AsyncGenerator<Page> {
          for await (const page of retriever.read(slice, reading)) {
            for (const record of page.records) opened.observe(record, slice);
            yield page;
          }
        },
      };
    }

    function migrate(state: StreamState | undefined): StreamState | undefined {
      if (state === undefined) return undefined;
      return migrations.reduce(
        (known, migration) => (migration.shouldMigrate(known) ? migration.migrate(known) : known),
        state,
      );
    }

    function timeOf(state: StreamState): number | undefined {
      if (incremental === undefined) return isFinalState(state) ? scope.sync.clock.now() : undefined;
      const own = retriever.router === undefined ? state : state.state;
      return isObject(own) ? incremental.timeOf?.(own) : undefined;
    }

    return {
      name,
      primaryKey,
      timeOf,
      cursorField: incremental?.cursorField,
      allowsCatalogCursorField: incremental?.allowCatalogCursorField === true,
      isFileBased: fields.file_uploader !== undefined,
      schema,
      open,
    };
  },
});

/** Requests for another stream's partitions, in the words of the connector builder. */
function parentPurpose(name: string): Purpose {
  return {
    type: 'PARENT_STREAM',
    title: `Parent stream: Stream '${name}' request`,
    description: `Request performed in order to extract records for stream '${name}'`,
  };
}

/** The cursor with its first `limit` slices only. */
function limited(cursor: Cursor, limit: number | undefined): Cursor {
  if (limit === undefined) return cursor;
  async function* slices(): AsyncGenerator<Slice> {
    let count = 0;
    for await (const slice of cursor.slices()) {
      yield slice;
      if (++count === limit) return;
    }
  }
  return Object.freeze(Object.create(cursor, { slices: { value: slices } }) as Cursor);
}

/** The cursor with slices that come once the retriever is ready to read them. */
function prepared(cursor: Cursor, retriever: Retriever, reading: Reading): Cursor {
  const slices = () => retriever.prepare?.(cursor.slices(), reading) ?? cursor.slices();
  return Object.freeze(Object.create(cursor, { slices: { value: slices } }) as Cursor);
}

/** The cursor with slices that come once something has been loaded. */
function afterwards(load: () => Promise<unknown>, cursor: Cursor): Cursor {
  async function* slices(): AsyncGenerator<Slice> {
    await load();
    yield* cursor.slices();
  }
  return Object.freeze(Object.create(cursor, { slices: { value: slices } }) as Cursor);
}
