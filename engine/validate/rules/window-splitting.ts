import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt, warningAt } from '../../manifest/node-diagnostic.ts';
import { choosesProperties, filterWithAction, hasLazyParent, streamOf } from '../page-actions.ts';
import { type ComponentAt, childIn, written } from '../visit.ts';

/**
 * Windows are split only where their halves give the records of the whole, each of them once; and the action
 * SPLIT_REQUEST_WINDOW does not stand without "request_window_splitting".
 */
export function* windowSplitting(retriever: ComponentAt): Iterable<Diagnostic> {
  if (retriever.traits.readsPages !== true) return;
  const requester = childIn(retriever, 'requester');
  const splitting = written(retriever, 'request_window_splitting');
  const filter = filterWithAction(requester, 'SPLIT_REQUEST_WINDOW');
  const subject = splitting ?? filter;
  if (subject === undefined) return;
  if (hasLazyParent(retriever)) {
    const message = 'A window that comes out of the parent\'s records ("lazy_read_pointer") cannot be split.';
    yield errorAt(subject, message);
  }
  if (splitting === undefined) {
    yield errorAt(
      subject,
      'The action SPLIT_REQUEST_WINDOW needs "request_window_splitting" on the retriever.',
    );
    return;
  }
  if (filter === undefined) {
    yield warningAt(
      splitting,
      'There is "request_window_splitting", but no response filter with the action SPLIT_REQUEST_WINDOW: windows are never split.',
    );
  }
  const stream = streamOf(retriever);
  const incremental = childIn(stream, 'incremental_sync');
  const refusal =
    incremental === undefined ? 'the stream has no "incremental_sync"' : incremental.traits.splitRefusal;
  if (refusal !== undefined) {
    yield errorAt(splitting, `"request_window_splitting" has no use here: ${refusal}.`);
  }
  if (choosesProperties(requester)) {
    yield errorAt(
      splitting,
      '"request_window_splitting" cannot be combined with query properties: records of a window that is refused would be read twice.',
    );
  }
  if (childIn(stream, 'file_uploader') !== undefined) {
    yield errorAt(
      splitting,
      '"request_window_splitting" cannot be combined with a "file_uploader": files of a window that is refused would be read twice.',
    );
  }
}
