import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import type { ComponentAt } from '../visit.ts';

/** Only the token of a paginator can be the path of a request. */
export function* requestPaths({ traits, field, node, parent }: ComponentAt): Iterable<Diagnostic> {
  if (traits.isPath !== true || field === 'page_token_option' || parent?.isHook === true) return;
  const message = `RequestPath can only be used as the "page_token_option" of a paginator, not as "${field}".`;
  yield errorAt(node, message);
}
