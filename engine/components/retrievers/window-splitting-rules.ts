import type { Requester } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { filterWithAction } from '../../language/page-actions.ts';
import { fieldOf } from '../../manifest/node.ts';
import { hasLazyParent } from './has-lazy-parent.ts';
import { refuse } from './refuse.ts';

/**
 * Refuses "request_window_splitting" where the halves of a window would not give the records of the whole, or would
 * give some of them twice, and the action SPLIT_REQUEST_WINDOW without it.
 */
export function checkWindowSplitting({ node, stream, sync }: Scope, requester: Requester): void {
  const splitting = fieldOf(node, 'request_window_splitting');
  const filter = filterWithAction(fieldOf(node, 'requester'), 'SPLIT_REQUEST_WINDOW');
  const subject = splitting ?? filter;
  if (subject === undefined) return;
  if (hasLazyParent(node)) {
    refuse(
      'A window that comes out of the parent\'s records ("lazy_read_pointer") cannot be split.',
      subject,
    );
  }
  if (splitting === undefined) {
    refuse('The action SPLIT_REQUEST_WINDOW needs "request_window_splitting" on the retriever.', subject);
  }
  if (filter === undefined) {
    sync.log(
      'WARN',
      `Stream "${stream?.name ?? ''}" has "request_window_splitting", but no response filter with the action SPLIT_REQUEST_WINDOW: its windows are never split.`,
    );
  }
  const incremental = stream?.incremental;
  const refusal =
    incremental === undefined ? 'the stream has no "incremental_sync"' : incremental.splitRefusal;
  if (refusal !== undefined) refuse(`"request_window_splitting" has no use here: ${refusal}.`, splitting);
  if (requester.queryProperties !== undefined) {
    refuse(
      '"request_window_splitting" cannot be combined with query properties: records of a window that is refused would be read twice.',
      splitting,
    );
  }
  if (stream?.fileUploader !== undefined) {
    refuse(
      '"request_window_splitting" cannot be combined with a "file_uploader": files of a window that is refused would be read twice.',
      splitting,
    );
  }
}
