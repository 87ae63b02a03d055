import type {
  PartitionOptions,
  PartitionRouter,
  RequestContext,
  StoredState,
} from '../../contract/families.ts';
import { emptyParts, type RequestParts } from '../../contract/request-parts.ts';
import type { Scope } from '../../contract/scope.ts';
import type { Slice } from '../../contract/slice.ts';
import type { Slot } from '../../language/slots.ts';
import { isObject } from '../../util/json/json.ts';

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
 * Every partition of the first router with every partition of the others, the last one varying fastest. The others are
 * needed again and again, so they are collected. Parents' states cannot be kept here.
 */
export function cartesianProduct(routers: readonly PartitionRouter[]): PartitionRouter {
  const [first, ...others] = routers;
  // Where the others have parents too, they are asked only after all of the first's have answered: a parent that fails
  // spares the API the requests of those after it. Otherwise the first is streamed.
  const isStreamed = () => others.every((router) => router.parentState() === undefined);
  return Object.freeze({
    async *partitions(state: StoredState | undefined, options?: PartitionOptions) {
      if (first === undefined) return;
      const slices = first.partitions(state, options);
      const outer = isStreamed() ? slices : await collect(slices);
      const pools: Slice[][] = [];
      for (const router of others) pools.push(await collect(router.partitions(state, options)));
      for await (const slice of outer) {
        for (const rest of combinations(pools)) yield join([slice, ...rest]);
      }
    },
    addTo(parts: RequestParts, context: RequestContext) {
      // What is written last counts, and that is to be the first router's: whole, also where both write into one object.
      for (const router of routers.toReversed()) {
        const own = emptyParts();
        router.addTo(own, context);
        Object.assign(parts.params, own.params);
        Object.assign(parts.headers, own.headers);
        parts.bodyData = replaceFields(parts.bodyData, own.bodyData);
        parts.bodyJson = replaceFields(parts.bodyJson, own.bodyJson);
      }
    },
    parentState: () => undefined,
    partitionFields: routers.flatMap((router) => router.partitionFields ?? []),
    hasRequestOption: routers.some((router) => router.hasRequestOption),
  });
}

async function collect(source: AsyncIterable<Slice>): Promise<Slice[]> {
  const slices: Slice[] = [];
  for await (const slice of source) slices.push(slice);
  return slices;
}

function* combinations([first, ...others]: readonly (readonly Slice[])[]): Generator<readonly Slice[]> {
  if (first === undefined) {
    yield [];
    return;
  }
  for (const slice of first) {
    for (const rest of combinations(others)) yield [slice, ...rest];
  }
}

function replaceFields<T>(present: T | undefined, own: T | undefined): T | undefined {
  return isObject(present) && isObject(own) ? { ...present, ...own } : (own ?? present);
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
