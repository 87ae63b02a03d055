import type { PartitionOptions, PartitionRouter, RequestContext, StreamState } from '../language/families.ts';
import type { Slot } from '../language/fields.ts';
import type { RequestParts } from '../language/request-parts.ts';
import type { Scope } from '../language/scope.ts';
import type { Slice } from '../language/slice.ts';

type RouterSlot = Slot<'PartitionRouter'>;

/** The router of a stream: the one it names, or every combination of several. */
export function combineRouters(
  slots: RouterSlot | readonly RouterSlot[] | undefined,
  scope: Scope,
): PartitionRouter | undefined {
  if (slots === undefined) return undefined;
  if (typeof slots === 'function') return slots(scope);
  return slots.length === 0 ? undefined : cartesianProduct(slots.map((slot) => slot(scope)));
}

/**
 * Every partition of the first router with every partition of the others, the last one varying fastest. The first is
 * streamed; the others are needed again and again, so they are collected. Parents' states cannot be kept here.
 */
export function cartesianProduct(routers: readonly PartitionRouter[]): PartitionRouter {
  const [first, ...others] = routers;
  return Object.freeze({
    async *partitions(state: StreamState | undefined, options?: PartitionOptions) {
      if (first === undefined) return;
      const combinations = await combine(others, state, options);
      for await (const slice of first.partitions(state, options)) {
        for (const rest of combinations) yield join([slice, ...rest]);
      }
    },
    addTo(parts: RequestParts, context: RequestContext) {
      // What is written last counts, and that is to be the first router's.
      for (const router of routers.toReversed()) router.addTo(parts, context);
    },
    parentState: () => undefined,
    partitionFields: routers.flatMap((router) => router.partitionFields ?? []),
    hasRequestOption: routers.some((router) => router.hasRequestOption),
  });
}

async function combine(
  routers: readonly PartitionRouter[],
  state: StreamState | undefined,
  options: PartitionOptions | undefined,
): Promise<Slice[][]> {
  let combinations: Slice[][] = [[]];
  for (const router of routers) {
    const slices: Slice[] = [];
    for await (const slice of router.partitions(state, options)) slices.push(slice);
    combinations = combinations.flatMap((combination) => slices.map((slice) => [...combination, slice]));
  }
  return combinations;
}

/** Where two have a value of the same name, such as `parent_slice`, the first one's counts. */
function join(slices: readonly Slice[]): Slice {
  const reversed = slices.toReversed();
  return Object.freeze({
    partition: Object.freeze(Object.assign({}, ...reversed.map(({ partition }) => partition))),
    cursor: {},
    extraFields: Object.assign({}, ...reversed.map(({ extraFields }) => extraFields)),
  });
}
