import type { Exchange } from '../contract/scope.ts';
import { subjectOf } from '../http/send/describe-exchange.ts';

/** What `--debug` tells of a request that was answered, without its credentials. */
export function exchangeText({ stream, request, response }: Exchange): string {
  const whose = stream === undefined ? '' : ` for stream "${stream}"`;
  return `${subjectOf(request)} answered ${response.status}${whose}.`;
}
