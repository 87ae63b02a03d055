import { ConnectorError } from '../error/connector-error.ts';

/** What a line of curl asks for, as it is written. */
export interface CurlLine {
  readonly method: string | undefined;
  readonly target: string | undefined;
  /** By the name in lower case; cookies among them. */
  readonly headers: ReadonlyMap<string, string>;
  /** Of the body, joined by "&" as curl does it. */
  readonly data: readonly string[];
  /** The data belongs to the URL. */
  readonly isQuery: boolean;
}

/** Options with a value, by the letter that is their short form. */
const short = new Map([
  ['X', 'request'],
  ['H', 'header'],
  ['u', 'user'],
  ['b', 'cookie'],
  ['d', 'data'],
  ['F', 'form'],
  ['T', 'upload-file'],
  ...[...'ACDEKPQUcehmortwxyYz'].map((letter) => [letter, 'ignored'] as const),
]);

/** Options with a value that say nothing of the API. */
const ignored =
  /^(?:output|write-out|max-time|retry(?:-delay|-max-time)?|user-agent|referer|proxy|proxy-user|connect-timeout|cookie-jar|cacert|cert|key|config|resolve|interface|limit-rate|max-redirs|range|ciphers|dump-header|trace|trace-ascii|stderr|continue-at|output-dir)$/;

/** Reads the options. Throws ConnectorError for a body that is not in the line. */
export function readCurlLine(words: readonly string[]): CurlLine {
  const headers = new Map<string, string>();
  const data: string[] = [];
  let method: string | undefined;
  let target: string | undefined;
  let isQuery = false;

  function addHeader(line: string): void {
    if (line.startsWith('@'))
      throw notInLine(`Headers of the curl line are in the file "${line.slice(1)}".`, "-H 'Name: value'");
    const [name = '', ...value] = line.split(':');
    const key = name.trim().toLowerCase();
    const text = value.join(':').trim();
    if (key === 'cookie') addCookies(text);
    else if (text !== '') headers.set(key, text);
  }

  function addCookies(text: string): void {
    if (!text.includes('='))
      throw notInLine(`The cookies of the curl line are in the file "${text}".`, '-b "name=value"');
    headers.set('cookie', [headers.get('cookie'), text].filter((each) => each !== undefined).join('; '));
  }

  function option(name: string, next: () => string): void {
    switch (name) {
      case 'request':
        method = next().toUpperCase();
        return;
      case 'header':
        addHeader(next());
        return;
      case 'cookie':
        addCookies(next());
        return;
      case 'user':
        next();
        headers.set('authorization', 'Basic x');
        return;
      case 'oauth2-bearer':
        next();
        headers.set('authorization', 'Bearer x');
        return;
      case 'json':
        if (!headers.has('content-type')) headers.set('content-type', 'application/json');
        if (!headers.has('accept')) headers.set('accept', 'application/json');
        data.push(inLine(next()));
        return;
      case 'data':
      case 'data-binary':
      case 'data-ascii':
        data.push(inLine(next()));
        return;
      case 'data-raw':
        data.push(next());
        return;
      case 'data-urlencode':
        data.push(urlEncoded(next()));
        return;
      case 'form':
      case 'form-string':
      case 'upload-file':
        throw notInLine('The curl line uploads a form or a file, which no request for records does.', '-d');
      case 'get':
        isQuery = true;
        return;
      case 'url':
        target = next();
        return;
      default:
        if (name === 'ignored' || ignored.test(name)) next();
    }
  }

  // Documentation shows a prompt before it.
  const start = words[0] === '$' || words[0] === '>' ? 1 : 0;
  const [first = ''] = words.slice(start);
  const isCurl = /(?:^|[\\/])curl(?:\.exe)?$/i.test(first);
  if (!isCurl && !/[./]/.test(first) && first !== '')
    throw new ConnectorError(`A line of curl is expected, and this one begins with "${first}".`, {
      kind: 'config_error',
    });
  for (let index = isCurl ? start + 1 : start; index < words.length; index++) {
    const word = words[index] ?? '';
    const next = () => words[++index] ?? '';
    if (word.startsWith('--')) option(word.slice(2), next);
    else if (word.startsWith('-') && word !== '-') {
      // Letters without a value may stand together, and the value may stick to the last one: -sXPOST.
      for (let at = 1; at < word.length; at++) {
        const letter = word[at] ?? '';
        const name = letter === 'G' ? 'get' : short.get(letter);
        if (name === undefined) continue;
        const rest = word.slice(at + 1);
        option(name, rest === '' ? next : () => rest);
        if (name !== 'get') break;
      }
    } else if (target === undefined) target = word;
    else
      throw new ConnectorError(
        'The curl line has a second URL, or a value with a space in it that is in no quotes: write one URL, and quote such values.',
        { kind: 'config_error' },
      );
  }
  return { method, target, headers, data, isQuery };
}

function inLine(text: string): string {
  if (text.startsWith('@'))
    throw notInLine(`The body of the curl line is in the file "${text.slice(1)}".`, "-d '...'");
  return text;
}

function notInLine(problem: string, option: string): ConnectorError {
  return new ConnectorError(`${problem} Write what is sent into the line, as ${option}.`, {
    kind: 'config_error',
  });
}

/** `name=text`, `=text` or `text`: curl encodes the text, and not the name. */
function urlEncoded(text: string): string {
  const at = text.indexOf('=');
  if (at < 0) return encodeURIComponent(inLine(text));
  return `${text.slice(0, at)}${at === 0 ? '' : '='}${encodeURIComponent(text.slice(at + 1))}`;
}
