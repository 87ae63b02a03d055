import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { isUnknownHook, written } from '../../validate/visit.ts';
import type { CheckEvent } from '../check.ts';
import { questionFields } from '../request-fields.ts';
import type { StreamAt, Subject } from '../subject.ts';
import { type Alike, eachUnlike } from './alike.ts';
import type { Simulated } from './each-stream.ts';
import { partsOf } from './places.ts';

/** What of a request pages can be in, besides its paginator. */
const asked = ['http_method', ...questionFields];

/**
 * Asks one stream for each way to read pages: a paginator with the requests, windows and partitions that it works in.
 * Where records lie in an answer, and how they are called, makes no other pages.
 */
export function eachPager(
  subject: Subject,
  check: (simulated: Simulated) => AsyncIterable<CheckEvent>,
): AsyncGenerator<CheckEvent> {
  return eachUnlike(subject, (glimpse) => (hasPages(glimpse.stream) ? pagesOf(glimpse) : undefined), check);
}

/** What a hook that is not loaded makes of an answer, and which page it asks for next, nobody knows. */
function hasPages(stream: StreamAt): boolean {
  const { strategy, extractor } = partsOf(stream);
  return strategy !== undefined && ![strategy, extractor].some((at) => at !== undefined && isUnknownHook(at));
}

/** What the pages of a stream depend on. */
export const pagesOf: Alike = ({ stream, paging }) => {
  const { paginator, retriever, requester, extractor, filter, incremental, router } = partsOf(stream);
  const types = [retriever, extractor, router].map((at) => at?.component?.type);
  const requests = asked.map(
    (field): ManifestNode | undefined => requester && fieldOf(requester.node, field),
  );
  const around = [written(retriever, 'decoder'), filter?.node, incremental?.node];
  return [paging, paginator?.node, ...types, ...around, ...requests];
};
