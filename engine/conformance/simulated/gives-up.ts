import type { Place } from '../../error/place.ts';
import { type ComponentAt, childIn, visit, written } from '../../validate/visit.ts';
import type { StreamAt } from '../subject.ts';
import { fieldIn, partsOf } from './places.ts';
import type { Run } from './run.ts';

/** Where a stream is told to try no more, or to wait for so long that nothing is tried again. */
export function givesUpAt(stream: StreamAt, { decisions }: Run): { readonly place: Place } | undefined {
  const waited = decisions.find(({ kind }) => kind === 'backoff.wait')?.place;
  if (waited !== undefined) return { place: waited };
  const { errorHandler, requester } = partsOf(stream);
  return fieldIn(longWait(errorHandler) ?? triesOf(errorHandler) ?? errorHandler ?? requester, 'max_retries');
}

/** Of several handlers, the one that says how often to try. */
function triesOf(handler: ComponentAt | undefined): ComponentAt | undefined {
  return handler && visit(handler).find((each) => written(each, 'max_retries') !== undefined);
}

/** What makes a handler wait so long that nothing is tried again. */
function longWait(handler: ComponentAt | undefined): ComponentAt | undefined {
  if (handler === undefined || written(handler, 'max_retries') !== undefined) return undefined;
  return childIn(handler, 'backoff_strategies');
}
