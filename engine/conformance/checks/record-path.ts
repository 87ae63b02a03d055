import { pathsRead } from '../../simulator/texts-in.ts';
import { childIn, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { schemasIn } from '../schema-walk.ts';
import { schemaNode } from '../stream-schema.ts';

export const recordPath = defineCheck({
  id: 'record-path',
  group: 'records',
  level: 'static',
  severity: 'warning',
  doc: 'an answer whose paging fields are read beside its records is not taken for a record as a whole',
  async *run({ source, readNode }) {
    const isNew = once();
    for (const at of visit(source)) {
      if (at.family !== 'Retriever' || at.isHook) continue;
      const extractor = childIn(childIn(at, 'record_selector'), 'extractor');
      const path = written(extractor, 'field_path');
      const strategy = childIn(childIn(at, 'paginator'), 'pagination_strategy');
      if (path?.kind !== 'sequence' || strategy === undefined || strategy.isHook) continue;
      yield looked();
      if (path.items.length > 0 || extractor?.traits.looksAtPath !== true || !isNew(path)) continue;
      // The one record of a parent may be asked for by a requester whose lists have pages.
      if (childIn(at, 'partition_router') !== undefined) continue;
      // Lines and rows are records by themselves.
      const decoder = childIn(at, 'decoder');
      const isDocument = decoder === undefined || decoder.traits.reads?.kind === 'JSON';
      const [read] = pathsRead(strategy.node, ['response']).filter(
        ({ path: [first] }) => typeof first === 'string',
      );
      if (read === undefined || !isDocument || hasExpander(at)) continue;
      // A field that the schema declares is one of the record's own.
      const schema = at.parent && (await schemaNode(at.parent, textIn(at.parent, 'name') ?? '', readNode));
      const declared = [...schemasIn(schema)].some(
        ({ path: names }) => names.length === 1 && names[0] === read.path[0],
      );
      if (declared) continue;
      yield violation(
        path,
        `The whole answer is taken for one record, and its field "${read.path.join('.')}" says where the next page is: "field_path" should lead to the list of records.`,
        { stream: textIn(at.parent, 'name') },
      );
    }
  },
});

function hasExpander(at: Parameters<typeof childIn>[0]): boolean {
  return at !== undefined && visit(at).some(({ family }) => family === 'RecordExpander');
}
