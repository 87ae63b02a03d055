import { inspectTemplate } from '../../template/template.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit } from '../../validate/visit.ts';
import type { Run } from './run.ts';

/** Stands in every answer that was made up for a filter: no record may have it. */
export const madeUp = 'an answer that was made up';

/** How an answer that a filter took was read, beside how the stream is read without it. */
interface Readings {
  readonly stream: string;
  readonly tried: Run;
  readonly usual: Run;
}

/** Actions that ask once more. That a token is refreshed before depends on whether the config has one that can be. */
export const retries: readonly (string | undefined)[] = ['RETRY', 'RATE_LIMITED', 'REFRESH_TOKEN_THEN_RETRY'];

/**
 * Actions that ask for something else in place of what is refused. Not for smaller pages: all those of a simulated API
 * are of one size.
 */
const turns: readonly (string | undefined)[] = ['RESET_PAGINATION', 'SPLIT_REQUEST_WINDOW'];

/** What did not come of a filter's action, as a sentence about it; undefined where all of it did. */
export function effectProblem(filter: ComponentAt, readings: Readings): string | undefined {
  const { tried, usual } = readings;
  const [error] = tried.errors;
  const action = textIn(filter, 'action');
  switch (action) {
    case 'FAIL':
      if (tried.isComplete || error === undefined) return 'the stream is complete without an error';
      return messageProblem(filter, tried);
    case 'IGNORE':
      if (!tried.isComplete) return `the stream does not go on: ${error?.message ?? 'it is not complete'}`;
      if (tried.records.some((record) => JSON.stringify(record).includes(madeUp)))
        return 'the answer becomes a record';
      if (slicesOf(tried, readings.stream) < slicesOf(usual, readings.stream))
        return 'the slices after it are not read';
      return undefined;
    case 'SUCCESS':
      return isWhole(readings) ? undefined : `the records of the answer are not kept: ${outcomeOf(readings)}`;
    default:
      if (action === 'REFRESH_TOKEN_THEN_RETRY' && refreshesByHook(filter)) return undefined;
      return isWhole(readings) ? undefined : askingProblem(action, readings);
  }
}

/** Whether there is another token only the hook knows. */
function refreshesByHook(filter: ComponentAt): boolean {
  const authenticator = childIn(ancestorOf(filter, 'Requester'), 'authenticator');
  return authenticator !== undefined && visit(authenticator).some(({ isHook }) => isHook);
}

/** Of what asks again, though the next answer is good. */
function askingProblem(action: string | undefined, readings: Readings): string | undefined {
  if (turns.includes(action)) return `nothing else is read instead: ${outcomeOf(readings)}`;
  if (!retries.includes(action)) return undefined;
  return isAskedAgain(readings)
    ? `the good answer to the next try does not count: ${outcomeOf(readings)}`
    : `the request is never sent again: ${outcomeOf(readings)}`;
}

/** Only of a message that is the same for all answers it is known how it reads. */
function messageProblem(filter: ComponentAt, { errors }: Run): string | undefined {
  const text = inOneLine(textIn(filter, 'error_message') ?? '');
  if (text === '' || !inspectTemplate(text).isPlain) return undefined;
  if (errors.some(({ message }) => inOneLine(message).includes(text))) return undefined;
  return `the stream ends with another message than "error_message" says: ${errors[0]?.message}`;
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function isWhole({ tried, usual }: Readings): boolean {
  return tried.isComplete && tried.records.length >= usual.records.length;
}

function isAskedAgain({ stream, tried: { asked } }: Readings): boolean {
  return asked.filter(({ about }) => about.stream === stream).length > 1;
}

function outcomeOf({ tried, usual }: Readings): string {
  const [error] = tried.errors;
  return (
    error?.message ??
    `${usual.records.length - tried.records.length} of ${usual.records.length} records are lost`
  );
}

function slicesOf({ asked }: Run, stream: string): number {
  const own = asked.filter(({ about }) => about.stream === stream);
  return new Set(own.map(({ about }) => JSON.stringify(about.slice))).size;
}
