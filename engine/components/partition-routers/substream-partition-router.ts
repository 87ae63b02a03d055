import * as z from 'zod';
import type {
  OpenParent,
  PartitionOptions,
  PartitionRouter,
  RequestContext,
  StoredState,
  StreamState,
} from '../../contract/families.ts';
import type { RequestParts } from '../../contract/request-parts.ts';
import type { Slice } from '../../contract/slice.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { mergeParentStates } from './merge-parent-states.ts';

async function* partitionsOf(parents: readonly OpenParent[]): AsyncGenerator<Slice> {
  for (const parent of parents) yield* parent.partitions();
}

/** One partition for each record of other streams. */
export const SubstreamPartitionRouter = component({
  family: 'PartitionRouter',
  type: 'SubstreamPartitionRouter',
  doc: 'Reads a stream once for each record of its parent streams.',
  fields: () => ({
    parent_stream_configs: z
      .array(slot('ParentStreamConfig', 'ParentStreamConfig'))
      .min(1, { error: 'at least one parent stream is expected' })
      .describe('The parents, and what their records give to the stream.'),
  }),
  make(fields, scope): PartitionRouter {
    const parents = fields.parent_stream_configs.map((parent) => parent(scope));
    let opened: readonly (OpenParent | undefined)[] = [];
    const parentStates = mergeParentStates(
      parents.map(({ name, incremental }, index) => {
        let state: StreamState | undefined;
        let named: JsonObject | undefined;
        return {
          parentState() {
            const parent = opened[index];
            if (!incremental || parent === undefined) return undefined;
            const current = parent.state();
            if (named === undefined || current !== state) named = Object.freeze({ [name]: current });
            state = current;
            return named;
          },
        };
      }),
    );

    return Object.freeze({
      partitions(state: StoredState | undefined, options?: PartitionOptions) {
        const all = parents.map((parent) => parent.open(state, options));
        opened = all;
        const [only] = all;
        return only !== undefined && all.length === 1 ? only.partitions() : partitionsOf(all);
      },
      addTo(parts: RequestParts, context: RequestContext) {
        for (const parent of parents) parent.addTo(parts, context);
      },
      parentState: () => (opened.length === 0 ? undefined : parentStates()),
      partitionFields: parents.map(({ partitionField }) => partitionField),
      givesFirstPages: true,
      hasRequestOption: parents.some(({ hasRequestOption }) => hasRequestOption),
    });
  },
});
