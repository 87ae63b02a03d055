import { ConnectorError } from '../error/connector-error.ts';
import type { Api } from './api.ts';
import { fromCalls } from './from-har.ts';

/** Options of curl that take a value and say nothing of the API. */
const ignored = [
  '-o',
  '--output',
  '-w',
  '--write-out',
  '-m',
  '--max-time',
  '--retry',
  '-A',
  '--user-agent',
  '-e',
  '--referer',
  '-x',
  '--proxy',
  '-b',
  '--cookie',
  '--connect-timeout',
];

/** Reads a command line of curl as documentation shows it. Nothing is known of the answer. Throws ConnectorError without a URL. */
export function fromCurl(command: string): Api {
  const words = shellWords(command);
  const headers = new Map<string, string>();
  let method: string | undefined;
  let target: string | undefined;
  let hasData = false;
  let isQuery = false;
  const data: string[] = [];
  for (let index = words[0] === 'curl' ? 1 : 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const next = () => words[++index] ?? '';
    if (word === '-X' || word === '--request') method = next();
    else if (word === '-H' || word === '--header') {
      const [name = '', ...value] = next().split(':');
      headers.set(name.trim().toLowerCase(), value.join(':').trim());
    } else if (word === '-u' || word === '--user') {
      next();
      headers.set('authorization', 'Basic');
    } else if (word === '-G' || word === '--get') isQuery = true;
    else if (/^(?:-d|--data(?:-raw|-binary|-urlencode)?|--json)$/.test(word)) {
      hasData = true;
      data.push(next());
    } else if (word === '--url') target = next();
    else if (ignored.includes(word)) next();
    else if (!word.startsWith('-')) target ??= word;
  }
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
  if (isQuery) for (const pair of data) url.searchParams.append(...splitPair(pair));
  const basic =
    headers.get('authorization')?.startsWith('Basic') === true ? 'Basic x' : headers.get('authorization');
  if (basic !== undefined) headers.set('authorization', basic);
  const api = fromCalls([
    { method: method ?? (hasData && !isQuery ? 'POST' : 'GET'), url, headers, answer: {}, answerHeaders: [] },
  ]);
  return { ...api, operations: api.operations.map((operation) => ({ ...operation, answer: undefined })) };
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

/** The words of a line as a shell reads it: quotes, escapes, lines that go on. */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  const token = /\s*(?:((?:[^\s'"\\]+|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S])+))/gy;
  for (const [, written = ''] of line.replace(/\\\r?\n/g, ' ').matchAll(token))
    words.push(
      written.replace(
        /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g,
        (_, single, double, escaped) =>
          single ?? (double === undefined ? escaped : double.replace(/\\([\s\S])/g, '$1')),
      ),
    );
  return words;
}
