import { ConnectorError } from '../error/connector-error.ts';
import type { Api } from './api.ts';
import { readCurlLine } from './curl-line.ts';
import { fromCalls } from './from-har.ts';
import { bodyOf } from './request-body.ts';

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
  let url: URL;
  try {
    url = new URL(/^\w+:\/\//.test(target) ? target : `https://${target}`);
  } catch {
    throw new ConnectorError(`"${target}" in the curl line is no URL.`, { kind: 'config_error' });
  }
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

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** The words of a line as a shell reads it: quotes, escapes, lines that go on. */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  const token = /\s*(?:((?:\$'(?:[^'\\]|\\[\s\S])*'|[^\s'"\\]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S])+))/gy;
  for (const [, written = ''] of line.replace(/\\\r?\n/g, ' ').matchAll(token))
    words.push(
      written.replace(
        /\$'((?:[^'\\]|\\[\s\S])*)'|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g,
        (_, ansi, single, double, escaped) => {
          // As browsers copy what has quotes or line breaks in it.
          if (ansi !== undefined) return unescaped(ansi);
          return single ?? (double === undefined ? escaped : double.replace(/\\(["\\$`])/g, '$1'));
        },
      ),
    );
  return words;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g, (_, wide, narrow, one) =>
    one === undefined ? String.fromCharCode(Number.parseInt(wide ?? narrow, 16)) : (escapes[one] ?? one),
  );
}
