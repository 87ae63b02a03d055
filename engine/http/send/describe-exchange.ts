import type { Outcome, OutgoingRequest } from '../../contract/families.ts';
import { redactCredentials, redactUrl } from '../wire/redact.ts';
import { apiErrorMessage } from './error-message.ts';

/** Enough to recognise an error page, not enough to fill a screen. */
const longestQuote = 400;

/** `GET https://api.test/items?page=2` without credentials. */
export function subjectOf({ method, url }: OutgoingRequest): string {
  return `${method} ${redactUrl(url)}`;
}

/** `GET https://api.test/items?page=2 answered 404: "No such item".` without credentials. */
export async function describeExchange(request: OutgoingRequest, outcome: Outcome): Promise<string> {
  const subject = subjectOf(request);
  if ('error' in outcome) return `${subject} failed: ${redactCredentials(outcome.error.message)}.`;
  const { status } = outcome.response;
  const message = await apiErrorMessage(outcome.response).catch(() => undefined);
  return message
    ? `${subject} answered ${status}: "${quotable(message)}".`
    : `${subject} answered ${status}.`;
}

/** A text from outside, short enough for a message and without credentials. */
export function quotable(message: string): string {
  const text = redactCredentials(printable(message).trim().replace(/\s+/g, ' '));
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}

/** Without control characters: what an API says must not move the cursor of a terminal or change its colours. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replace(/\u001b\[[0-?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ');
}
