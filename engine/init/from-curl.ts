import { ConnectorError } from '../error/connector-error.ts';
import type { Api } from './api.ts';
import { readCurlLine } from './curl-line.ts';
import { fromCalls } from './from-har.ts';
import { bodyOf } from './request-body.ts';
import { shellWords } from './shell-words.ts';

/**
 * Reads a command line of curl as documentation shows it. Nothing is known of the answer. Throws ConnectorError without a
 * URL, and for what is sent but not in the line.
 */
export function fromCurl(command: string): Api {
  const { method, target, headers, data, isQuery } = readCurlLine(shellWords(command));
  if (target === undefined)
    throw new ConnectorError('The curl line has no URL. Put it in quotes, as the documentation shows it.', {
      kind: 'config_error',
    });
  const url = urlOf(target);
  const text = data.join('&');
  if (isQuery) for (const [name, value] of new URLSearchParams(text)) url.searchParams.append(name, value);
  const hasBody = data.length > 0 && !isQuery;
  const api = fromCalls([
    {
      method: method ?? (hasBody ? 'POST' : 'GET'),
      url,
      headers,
      body: hasBody ? bodyOf(text, headers.get('content-type')) : undefined,
      answer: {},
      answerHeaders: [],
    },
  ]);
  return {
    ...api,
    operations: api.operations.map((operation) => ({ ...operation, answer: undefined, isChosen: true })),
  };
}

function urlOf(target: string): URL {
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(target) ? target : `https://${target}`;
  const host = /^[^:]+:\/\/([^/?#]*)/.exec(address)?.[1] ?? '';
  const placeholder = /[{}<>$]/.test(host);
  const isHttp = /^https?:/i.test(address);
  if (!placeholder && isHttp && URL.canParse(address)) return new URL(address);
  // Its parameters may be secrets, so only what is wrong is shown.
  const why = placeholder
    ? `has a placeholder, "${host}", where the name of the host belongs. Write the address of the API there.`
    : isHttp
      ? 'is no URL.'
      : `begins with "${/^[^:]*/.exec(address)?.[0]}://", and a connector asks https:// or http://.`;
  throw new ConnectorError(`The address in the curl line ${why}`, { kind: 'config_error' });
}
