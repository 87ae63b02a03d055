import { defineHook, type Retriever, slot } from 'manifold-connectors';

/** Reads with another retriever, and leaves out pages without records. */
export const QuietRetriever = defineHook('Retriever', {
  name: 'QuietRetriever',
  fields: () => ({ retriever: slot('Retriever', 'SimpleRetriever').describe('Does the reading.') }),
  make(fields, scope): Retriever {
    const inner = fields.retriever(scope);
    return {
      router: inner.router,
      async *read(slice, reading) {
        for await (const page of inner.read(slice, reading)) if (page.records.length > 0) yield page;
      },
    };
  },
});
