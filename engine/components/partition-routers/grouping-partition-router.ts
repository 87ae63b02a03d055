import * as z from 'zod';
import type { PartitionOptions, PartitionRouter, StoredState } from '../../contract/families.ts';
import type { Slice } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { partitionKey } from '../../sync/cursor/partition-key.ts';
import type { JsonObject } from '../../util/json/json.ts';

/** One partition for several of another router. */
export const GroupingPartitionRouter = component({
  family: 'PartitionRouter',
  type: 'GroupingPartitionRouter',
  doc: 'Puts several partitions of another router into one, for APIs that take many values in one request.',
  fields: () => ({
    group_size: z
      .int()
      .min(1, { error: 'a whole number of at least 1 is expected' })
      .describe('How many partitions make one.'),
    underlying_partition_router: slot('PartitionRouter').describe('Where the partitions come from.'),
    deduplicate: z.boolean().default(true).describe('Leave out values that came before.'),
  }),
  traits: () => ({ joinsPartitions: { name: undefined } }),
  make(fields, scope): PartitionRouter {
    const { group_size: size, deduplicate } = fields;
    const router = fields.underlying_partition_router(scope);
    const fail = (message: string): never => {
      throw new ConnectorError(message, { kind: 'config_error', nodes: [scope.place] });
    };
    if (router.hasRequestOption) {
      fail('A GroupingPartitionRouter cannot group partitions that have a "request_option" of their own.');
    }
    let state: JsonObject | undefined = {};

    return Object.freeze({
      async *partitions(stored: StoredState | undefined, options?: PartitionOptions) {
        const seen = new Set<string>();
        let group: Slice[] = [];
        try {
          for await (const slice of router.partitions(stored, options)) {
            if (deduplicate) {
              const key = partitionKey({ value: onlyValue(slice.partition) });
              if (seen.has(key)) continue;
              seen.add(key);
            } else {
              onlyValue(slice.partition);
            }
            group.push(slice);
            if (group.length < size) continue;
            state = router.parentState();
            yield toGroup(group);
            group = [];
          }
        } catch (error) {
          // What could be read belongs to a group too; the state stays before it.
          if (group.length > 0) yield toGroup(group);
          throw error;
        }
        state = router.parentState();
        if (group.length > 0) yield toGroup(group);
      },
      addTo() {},
      parentState: () => state,
      isGrouping: true,
      ...(router.partitionFields && { partitionFields: router.partitionFields }),
    });
  },
});

function onlyValue(partition: JsonObject): unknown {
  const names = Object.keys(partition).filter((name) => name !== 'parent_slice');
  const [name] = names;
  if (name === undefined || names.length > 1) {
    throw new ConnectorError(
      `A GroupingPartitionRouter groups partitions of one value; here a partition has ${names.length}: ${names.join(', ')}.`,
      { kind: 'config_error' },
    );
  }
  return partition[name];
}

function toGroup(group: readonly Slice[]): Slice {
  const first = group[0] as Slice;
  const extraNames = new Set(group.flatMap(({ extraFields }) => Object.keys(extraFields)));
  return Object.freeze({
    partition: columns(Object.keys(first.partition), group, ({ partition }) => partition),
    cursor: {},
    extraFields: columns(extraNames, group, ({ extraFields }) => extraFields),
  });
}

function columns(
  names: Iterable<string>,
  group: readonly Slice[],
  of: (slice: Slice) => JsonObject,
): JsonObject {
  return Object.fromEntries([...names].map((name) => [name, group.map((slice) => of(slice)[name] ?? null)]));
}
