import { condition, defineHook, type Retriever, slot, toTemplateSlice } from 'manifold-connectors';

/**
 * Asks the API only for parents that have something to ask for. A filter on the parent stream would do so too, but its
 * position would then be that of the parents kept, and where none is kept all parents would be read in each sync.
 */
export const Gated = defineHook('Retriever', {
  name: 'Gated',
  doc: 'Reads a slice only when a condition on it is true; for others no request is sent.',
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever').describe(
      'Reads the slices for which the condition is true.',
    ),
    when: condition().describe('Template that sees "stream_slice" with its "extra_fields".'),
  }),
  make(fields, scope) {
    const gated = fields.retriever(scope);
    const isOpen = fields.when(scope);
    return Object.freeze<Retriever>({
      router: gated.router,
      async *read(slice, reading) {
        if (isOpen({ stream_slice: toTemplateSlice(slice) })) yield* gated.read(slice, reading);
      },
    });
  },
});
