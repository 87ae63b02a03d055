import { ConnectorError } from '../error/connector-error.ts';
import type { PageAction } from '../language/families.ts';

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
