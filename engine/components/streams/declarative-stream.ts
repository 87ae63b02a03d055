import * as z from 'zod';
import type {
  Cursor,
  MigratedStream,
  OpenStream,
  OpenStreamOptions,
  Reading,
  Retriever,
  StoredState,
  StreamDefinition,
  StreamState,
} from '../../contract/families.ts';
import type { Purpose } from '../../contract/purpose.ts';
import type { Scope, StreamScope } from '../../contract/scope.ts';
import type { Slice } from '../../contract/slice.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { openCursor } from '../../sync/cursor/open-cursor.ts';
import { createPageTally } from '../../sync/read/empty-stream.ts';
import { partitionDecisions } from '../../sync/read/partition-decisions.ts';
import { readPosition, readState } from '../../sync/state/codec.ts';
import { memoize, memoizeSync } from '../../util/flow/memoize.ts';
import { tap } from '../../util/flow/tap.ts';
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
    const { limits } = scope.sync;
    // A stream that is a part of another one is read for that one's partitions.
    const isParent = scope.stream !== undefined;
    const outside: Scope = { ...scope, stream: undefined };
    const schemaLoader = composeSchemas(fields.schema_loader, name, outside);
    const schema = memoize(() => schemaLoader.load());
    const bare: StreamScope = {
      name,
      primaryKey,
      transformations: [],
      schemaLoader,
      cursorField: undefined,
      isParent: () => isParent || scope.sync.isParent(name),
      purpose: isParent ? parentPurpose(name) : undefined,
    };
    const incremental = fields.incremental_sync?.({ ...scope, stream: bare });
    const stream: StreamScope = { ...bare, incremental, cursorField: incremental?.cursorField };
    /** What only reading needs. */
    const parts = memoizeSync(() => {
      const transformations = (fields.transformations ?? []).map((transformation) => transformation(outside));
      const fileUploader = fields.file_uploader?.(outside);
      const inner: Scope = { ...scope, stream: { ...stream, transformations, fileUploader } };
      const retriever = fields.retriever(inner);
      const migrations = (fields.state_migrations ?? []).map((migration) => migration(inner));
      return { retriever, migrations };
    });
    if (isParent) parts();

    function open(options: OpenStreamOptions): OpenStream {
      const { state, cursorField, isPreview = limits !== undefined, signal, lines } = options;
      const { retriever } = parts();
      const cursor = openCursor({
        incremental,
        ...partitionDecisions(scope, name, retriever.router),
        stream: name,
        state: readState(migrate(state)),
        cursorField,
        clock: scope.sync.clock,
        isPreview,
        isSequential: isParent,
      });
      const tally = createPageTally(name);
      const reading: Reading = {
        cursor,
        isDataFeed: incremental?.isDataFeed === true,
        hasState: readState(state) !== undefined,
        isPreview,
        signal,
        onPage: tally.page,
        ...(lines !== undefined && limits === undefined && { lines }),
      };
      return {
        whyEmpty: tally.reason,
        cursor,
        slices: () => {
          const slices = slicesOf(cursor, reading, retriever);
          const limit = isParent ? (limits?.parentSlices ?? limits?.slices) : limits?.slices;
          return limit === undefined ? slices : firstOf(slices, limit);
        },
        read: (slice, place) => {
          const pages = retriever.read(slice, reading, place);
          // A cursor that looks at no field has nothing to see.
          if (cursor.fields?.length === 0) return pages;
          return tap(pages, ({ records }) => {
            for (const record of records) cursor.observe(record, slice);
          });
        },
      };
    }

    function slicesOf(cursor: Cursor, reading: Reading, retriever: Retriever): AsyncIterable<Slice> {
      const slices = cursor.slices();
      if (reading.isPreview === true) return slices;
      const prepared = retriever.prepare?.(slices, reading) ?? slices;
      return schemaLoader.isRemote === true && !isParent ? afterSchema(prepared) : prepared;
    }

    async function* afterSchema(slices: AsyncIterable<Slice>): AsyncGenerator<Slice> {
      await schema();
      yield* slices;
    }

    function migrate(state: StreamState | undefined): StreamState | undefined {
      if (state === undefined) return undefined;
      const { retriever, migrations } = parts();
      const migrated: MigratedStream = {
        name,
        node: scope.node,
        cursorField: stream.cursorField,
        partitionFields: retriever.router?.partitionFields,
      };
      return migrations.reduce(
        (known, migration) =>
          migration.shouldMigrate(known, migrated) ? migration.migrate(known, migrated) : known,
        state,
      );
    }

    function timeOf(json: StreamState): number | undefined {
      const state = readState(json);
      if (incremental === undefined) return state?.kind === 'final' ? scope.sync.clock.now() : undefined;
      const own = parts().retriever.router === undefined ? state?.json : positionOfAll(state);
      return own && incremental.timeOf?.(readPosition(own));
    }

    return {
      name,
      primaryKey,
      timeOf,
      untilTime: () => incremental?.untilTime?.(),
      cursorField: incremental?.cursorField,
      allowsCatalogCursorField: incremental?.allowCatalogCursorField === true,
      isFileBased: fields.file_uploader !== undefined,
      schema,
      makeReadable: () => void parts(),
      open,
    };
  },
});

function positionOfAll(state: StoredState | undefined): StreamState | undefined {
  return state?.kind === 'per-partition' || state?.kind === 'global' ? state.all : undefined;
}

/** Requests for another stream's partitions, in the words of the connector builder. */
function parentPurpose(name: string): Purpose {
  return {
    type: 'PARENT_STREAM',
    title: `Parent stream: Stream '${name}' request`,
    description: `Request performed in order to extract records for stream '${name}'`,
  };
}

async function* firstOf(slices: AsyncIterable<Slice>, limit: number): AsyncGenerator<Slice> {
  let count = 0;
  for await (const slice of slices) {
    yield slice;
    if (++count === limit) return;
  }
}
