import type { Diagnostic } from '../../error/diagnostic.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { inspectTemplate } from '../../template/template.ts';
import { textsOf } from '../texts.ts';
import { type ComponentAt, childIn, visit, written } from '../visit.ts';

/** What a paginator is told of a page are the records that the API gave, whatever a filter leaves of them. */
export function* filteredPages(retriever: ComponentAt): Iterable<Diagnostic> {
  if (retriever.family !== 'Retriever') return;
  const filter = written(childIn(retriever, 'record_selector'), 'record_filter');
  const paginator = childIn(retriever, 'paginator');
  if (filter === undefined || paginator === undefined) return;
  for (const at of visit(paginator)) {
    for (const { node, text, field } of textsOf(at)) {
      for (const { name, offset } of inspectTemplate(text).names) {
        if (name !== 'last_page_size' && name !== 'last_record') continue;
        const message = `"${field}" reads "${name}", which is about the page as the API gave it here; to the Python runtime it is about the records that the "record_filter" leaves.`;
        yield { ...warningAt(node, message), places: [node.place, filter.place], offset };
      }
    }
  }
}
