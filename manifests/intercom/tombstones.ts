import { condition, defineHook, type Retriever, slot } from 'manifold-connectors';

/**
 * Reads what was deleted in a slice, then the records that are still there. In this order a state in the middle of the
 * slice, which covers the records read so far, covers all of its deletions too.
 */
export const Tombstones = defineHook('Retriever', {
  name: 'Tombstones',
  doc: 'Reads the deletions of a slice before its records.',
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever').describe('Reads the records.'),
    deletions: slot('Retriever', 'SimpleRetriever').describe(
      'Reads what was deleted; its filter keeps to the slice.',
    ),
    when: condition().describe('Deletions are read only when true.'),
  }),
  make(fields, scope) {
    const records = fields.retriever(scope);
    const deletions = fields.when(scope)({}) ? fields.deletions(scope) : undefined;
    return Object.freeze<Retriever>({
      router: records.router,
      async *read(slice, reading) {
        if (deletions !== undefined) yield* deletions.read(slice, reading);
        yield* records.read(slice, reading);
      },
    });
  },
});
