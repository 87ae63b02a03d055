import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt, warningAt } from '../../manifest/node-diagnostic.ts';
import { withArticle } from '../../util/text/with-article.ts';
import { type ComponentAt, childIn } from '../visit.ts';

/** Only the token of a paginator can be the path of a request, and only one that is a path. */
export function* requestPaths({ traits, field, node, parent }: ComponentAt): Iterable<Diagnostic> {
  if (traits.isPath !== true || parent?.isHook === true) return;
  if (field !== 'page_token_option') {
    const message = `RequestPath can only be used as the "page_token_option" of a paginator, not as "${field}".`;
    yield errorAt(node, message);
    return;
  }
  const strategy = childIn(parent, 'pagination_strategy');
  const { counts } = strategy?.traits ?? {};
  if (counts !== 'pages' && counts !== 'records') return;
  const type = strategy?.component?.type ?? 'pagination strategy';
  yield warningAt(
    node,
    `The token of ${withArticle(type)} counts ${counts}, so the path of the next request would be a number. Use a RequestOption, or CursorPagination with the link that the API gives.`,
  );
}
