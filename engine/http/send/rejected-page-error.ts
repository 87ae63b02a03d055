import type { PageAction, ResponseAction } from '../../contract/families.ts';
import type { Purpose } from '../../contract/purpose.ts';
import { ConnectorError } from '../../error/connector-error.ts';

const wishes: Readonly<Record<PageAction, string>> = {
  RESET_PAGINATION: 'asks for the pagination to start anew',
  REDUCE_PAGE_SIZE:
    'asks for a smaller page, and there is no "page_size_reduction" here that would ask for one',
  SPLIT_REQUEST_WINDOW:
    'asks for a smaller window, and there is no "request_window_splitting" here that would split it',
};

/**
 * The error handler wants the page to be asked for in another way. Whoever reads the pages does so; where nobody can,
 * this is an error of the manifest.
 */
export class RejectedPageError extends ConnectorError {
  readonly action: PageAction;
  /** What the error handler says about the response. */
  readonly reason: string | undefined;

  constructor(action: PageAction, reason: string | undefined, subject: string) {
    super([reason, `The error handler of ${subject} ${wishes[action]}.`].filter(Boolean).join(' '), {
      kind: action === 'RESET_PAGINATION' ? 'system_error' : 'config_error',
    });
    this.name = 'RejectedPageError';
    this.action = action;
    this.reason = reason;
  }
}

/** A request whose response is no page, because it is made again in another way; in the words of the connector builder. */
export function purposeOfRejected(action: ResponseAction, stream: string | undefined): Purpose | undefined {
  switch (action) {
    case 'REDUCE_PAGE_SIZE':
      return {
        type: 'HTTP',
        title: `Stream '${stream ?? ''}' page rejected, retrying with a smaller page size`,
        description: 'The response asked for a smaller page, which is requested next; it gave no records.',
      };
    case 'SPLIT_REQUEST_WINDOW':
      return {
        type: 'HTTP',
        title: `Stream '${stream ?? ''}' request window rejected, retrying with a smaller window`,
        description: 'The response asked for a smaller window, which is read in parts; it gave no records.',
      };
    default:
      return undefined;
  }
}
