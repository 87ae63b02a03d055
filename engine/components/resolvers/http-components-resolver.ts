import type { Reading, Retriever } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { emptySlice, type Slice } from '../../contract/slice.ts';
import { bareStreamScope } from '../../language/bare-stream-scope.ts';
import { component } from '../../language/component.ts';
import { type Slot, slot } from '../../language/slots.ts';
import { toTemplateSlice } from '../../language/template-values.ts';
import { fieldOf, type MappingNode } from '../../manifest/node.ts';
import { compileMappings, componentsMapping, placesSet, unconditional } from './component-mapping.ts';

/** One stream for each record that an API gives. */
export const HttpComponentsResolver = component({
  family: 'ComponentsResolver',
  type: 'HttpComponentsResolver',
  doc: 'Makes a stream out of the template for each record of an API.',
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever').describe('How the records are read.'),
    components_mapping: componentsMapping(),
  }),
  check: ({ components_mapping }) => unconditional(components_mapping),
  traits: ({ components_mapping }) => ({ sets: placesSet(components_mapping, false) }),
  make(fields, scope) {
    const apply = compileMappings(fields.components_mapping, { readsTexts: 'never', create: false }, scope);
    const retriever = makeRetriever(fields.retriever, scope);
    return {
      async *resolve(template) {
        for await (const slice of slicesOf(retriever)) {
          const stream_slice = toTemplateSlice(slice);
          for await (const page of retriever.read(slice, wholeReading)) {
            for (const record of page.records)
              yield apply(template, { components_values: record, stream_slice });
          }
        }
      },
    };
  },
});

const wholeReading: Reading = Object.freeze({ cursor: undefined, isDataFeed: false });

/** Every step of a command needs the same description, so its requests are answered once per run. */
function makeRetriever({ node }: Slot<'Retriever'>, scope: Scope): Retriever {
  const stream = bareStreamScope(scope.stream?.name || '__http_components_resolver');
  return scope.sync.build(withCache(node), 'Retriever', { ...scope, stream });
}

function withCache(retriever: MappingNode): MappingNode {
  const requester = fieldOf(retriever, 'requester');
  if (requester?.kind !== 'mapping') return retriever;
  const place = requester.place;
  const useCache = {
    key: { kind: 'scalar', value: 'use_cache', place },
    value: { kind: 'scalar', value: true, place },
  } as const;
  const cached: MappingNode = {
    ...requester,
    entries: new Map([...requester.entries, ['use_cache', useCache]]),
  };
  const entry = retriever.entries.get('requester');
  if (entry === undefined) return retriever;
  return {
    ...retriever,
    entries: new Map([...retriever.entries, ['requester', { ...entry, value: cached }]]),
  };
}

async function* slicesOf({ router, prepare }: Retriever): AsyncGenerator<Slice> {
  const slices = router === undefined ? only(emptySlice) : router.partitions(undefined);
  yield* prepare?.(slices, wholeReading) ?? slices;
}

async function* only(slice: Slice): AsyncGenerator<Slice> {
  yield slice;
}
