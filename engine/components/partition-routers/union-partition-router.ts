import * as z from 'zod';
import type { PartitionOptions, PartitionRouter, StoredState } from '../../contract/families.ts';
import type { Slice } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { pyStr } from '../../template/python-values.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { mergeParentStates } from './merge-parent-states.ts';

/** The partitions of several routers, each value once. */
export const UnionPartitionRouter = component({
  family: 'PartitionRouter',
  type: 'UnionPartitionRouter',
  doc: 'Reads the partitions of several routers one after the other, each value once.',
  fields: () => ({
    partition_field: template().describe('Name of the value in the slice; every router must give it.'),
    partition_routers: z.array(slot('PartitionRouter')).min(2).describe('Where the partitions come from.'),
  }),
  traits: ({ partition_field: { text } }) => ({
    namesValue: { field: 'partition_field', text },
    joinsPartitions: { name: text },
  }),
  make(fields, scope): PartitionRouter {
    const field = pyStr(fields.partition_field(scope)());
    const routers = fields.partition_routers.map((router) => router(scope));
    for (const router of routers) {
      const other = router.partitionFields?.find((name) => name !== field);
      if (other !== undefined) {
        fail(`The routers of a UnionPartitionRouter must all give "${field}", but one gives "${other}".`);
      }
      if (router.hasRequestOption) {
        fail('A UnionPartitionRouter cannot join partitions that have a "request_option" of their own.');
      }
    }
    const parentState = mergeParentStates(routers, (name) =>
      scope.sync.log(
        'WARN',
        `Several routers of a UnionPartitionRouter read the parent "${name}": the last one's state is kept.`,
      ),
    );

    return Object.freeze({
      async *partitions(state: StoredState | undefined, options?: PartitionOptions) {
        const seen = new Set<unknown>();
        for (const router of routers) {
          for await (const slice of router.partitions(state, options)) {
            const value = fieldValue(slice);
            if (seen.has(value)) continue;
            seen.add(value);
            yield toUnion(slice, value);
          }
        }
      },
      addTo() {},
      parentState,
      partitionFields: [field],
    });

    function fieldValue({ partition }: Slice): unknown {
      if (!Object.hasOwn(partition, field)) {
        fail(
          `The routers of a UnionPartitionRouter must all give "${field}", but a partition has only ${Object.keys(partition).join(', ')}.`,
        );
      }
      const value = partition[field];
      if (typeof value === 'object' && value !== null) {
        fail(
          `A UnionPartitionRouter can only join simple values; "${field}" of a partition is a list or an object.`,
        );
      }
      return value;
    }

    function toUnion({ partition, extraFields }: Slice, value: unknown): Slice {
      const { [field]: _, ...others }: JsonObject = partition;
      return Object.freeze({
        partition: Object.freeze({ [field]: value }),
        cursor: {},
        extraFields: { ...extraFields, ...others },
      });
    }

    function fail(message: string): never {
      throw new ConnectorError(message, { kind: 'config_error', nodes: [scope.place] });
    }
  },
});
