import { condition, defineHook, type Retriever, slot, toTemplateSlice } from 'manifold-connectors';

/** One of two ways to read a slice. */
export const Either = defineHook('Retriever', {
  name: 'Either',
  doc: 'Reads a slice in one of two ways.',
  fields: () => ({
    when: condition().describe('Template that sees "stream_slice".'),
    retriever: slot('Retriever', 'SimpleRetriever').describe('Reads the slice where it is true.'),
    otherwise: slot('Retriever', 'SimpleRetriever').describe('Reads the slice where it is not.'),
  }),
  reading: { oneOf: ['retriever', 'otherwise'] },
  make(fields, scope) {
    const [holds, first, second] = [
      fields.when(scope),
      fields.retriever(scope),
      fields.otherwise(scope),
    ] as const;
    return Object.freeze<Retriever>({
      router: first.router,
      read: (slice, reading) =>
        (holds({ stream_slice: toTemplateSlice(slice) }) ? first : second).read(slice, reading),
    });
  },
});
