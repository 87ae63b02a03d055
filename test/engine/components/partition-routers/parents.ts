import * as z from 'zod';
import { ParentStreamConfig } from '../../../../engine/components/partition-routers/parent-stream-config.ts';
import { SubstreamPartitionRouter } from '../../../../engine/components/partition-routers/substream-partition-router.ts';
import type { PartitionRouter, StreamDefinition } from '../../../../engine/contract/families.ts';
import { component } from '../../../../engine/language/component.ts';
import { openCursor } from '../../../../engine/sync/cursor/open-cursor.ts';
import { readState } from '../../../../engine/sync/state/codec.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { testCursor } from '../../../kit/cursors.ts';
import { makeComponent, type TestScope, testScope } from '../../../kit/scope.ts';

/** What the parents of a test were asked for. */
export interface ParentLog {
  readonly states: (JsonObject | undefined)[];
  readonly pages: string[];
  /** Names of the streams that they were made for. */
  readonly children: (string | undefined)[];
  readonly previews: (boolean | undefined)[];
}

/**
 * A parent with the given pages in each of its slices: `slices: [[page, page], …]`. Incremental ones have a slice for
 * every ten days of January and the cursor field `at`.
 */
function testParent(log: ParentLog) {
  return component({
    family: 'Stream',
    type: 'DeclarativeStream',
    doc: 'A parent in memory.',
    fields: () => ({
      name: z.string().default('parents'),
      slices: z.array(z.array(z.array(z.record(z.string(), z.unknown())))),
      incremental: z.boolean().default(false),
    }),
    make({ name, slices, incremental }, scope): StreamDefinition {
      log.children.push(scope.stream?.name);
      return {
        name,
        primaryKey: undefined,
        cursorField: incremental ? 'at' : undefined,
        allowsCatalogCursorField: false,
        isFileBased: false,
        makeReadable() {},
        schema: async () => ({}),
        open({ state, isPreview }) {
          log.states.push(state);
          log.previews.push(isPreview);
          const cursor = incremental
            ? testCursor({ step: 'P10D', granularity: 'P1D', end: '2024-01-30', state })
            : openCursor({
                incremental: undefined,
                router: undefined,
                stream: name,
                state: readState(state),
                clock: scope.sync.clock,
              });
          let index = 0;
          return {
            cursor,
            slices: cursor.slices,
            async *read(slice) {
              for (const [number, records] of (slices[index++] ?? []).entries()) {
                log.pages.push(`${index}.${number + 1}`);
                for (const record of records) cursor.observe(record, slice);
                yield { records };
              }
            },
          };
        },
      };
    },
  });
}

export interface TestSubstream {
  readonly router: PartitionRouter;
  readonly log: ParentLog;
  readonly scope: TestScope;
}

/** A SubstreamPartitionRouter over parents in memory. */
export function testSubstream(...parents: readonly JsonObject[]): TestSubstream {
  const log: ParentLog = { states: [], pages: [], children: [], previews: [] };
  const scope = testScope({
    components: [ParentStreamConfig, testParent(log) as never],
    stream: { name: 'children' },
  });
  const definition = {
    type: 'SubstreamPartitionRouter',
    parent_stream_configs: parents.map(({ stream, ...parent }) => ({
      type: 'ParentStreamConfig',
      parent_key: 'id',
      partition_field: 'parent_id',
      stream: { type: 'DeclarativeStream', ...(stream as JsonObject) },
      ...parent,
    })),
  };
  return { router: makeComponent(SubstreamPartitionRouter, definition, scope), log, scope };
}
