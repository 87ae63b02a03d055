import { ConnectorError } from '../error/connector-error.ts';

/** A pattern in Python's syntax as a JavaScript one. Throws ConnectorError (config_error) when it cannot be read. */
export function pythonRegex(pattern: string, flags = ''): RegExp {
  let inline = '';
  const source = pattern
    .replace(/^\(\?([aimsux]+)\)/, (_whole, letters: string) => {
      inline = [...letters].filter((letter) => 'ims'.includes(letter)).join('');
      return '';
    })
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/((?:^|[^\\])(?:\\\\)*)\\A/g, '$1^')
    .replace(/((?:^|[^\\])(?:\\\\)*)\\Z/g, '$1$');
  try {
    return new RegExp(source, [...new Set(flags + inline)].join(''));
  } catch (cause) {
    throw new ConnectorError(`"${pattern}" is not a regular expression.`, { kind: 'config_error', cause });
  }
}
