import { ConnectorError } from '../error/connector-error.ts';

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** The words of a line as a shell reads it: quotes, escapes, lines that go on. Throws ConnectorError for an open quote. */
export function shellWords(given: string): readonly string[] {
  const line = asBash(given).replace(/\\\r?\n/g, ' ');
  const words: string[] = [];
  let end = 0;
  const token = /\s*(?:((?:\$'(?:[^'\\]|\\[\s\S])*'|[^\s'"\\]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S])+))/gy;
  for (const match of line.matchAll(token)) {
    const [whole, written = ''] = match;
    end = match.index + whole.length;
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
  }
  // What stands in the quote may be a secret.
  if (line.slice(end).trim() !== '')
    throw new ConnectorError(
      `A quote of the curl line is never closed: the one after its ${words.length} words, at character ${end + line.slice(end).search(/\S/) + 1}.`,
      { kind: 'config_error' },
    );
  return words;
}

/** Lines that were copied for the command prompt of Windows, or for PowerShell, as another shell would have them. */
function asBash(line: string): string {
  // Browsers put a caret before every character that the prompt would take for its own.
  if (/\^"/.test(line)) return line.replace(/\^\r?\n/g, ' ').replace(/\^([\s\S])/g, '$1');
  if (/\^[ \t]*\r?\n/.test(line)) return line.replace(/\^[ \t]*\r?\n/g, ' ');
  if (/`[ \t]*\r?\n/.test(line) || /^\s*curl\.exe\b[^']*`/.test(line))
    return line
      .replace(/`[ \t]*\r?\n/g, ' ')
      .replace(/`"/g, '\\"')
      .replace(/`(.)/g, '$1');
  return line;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g, (_, wide, narrow, one) =>
    one === undefined ? String.fromCharCode(Number.parseInt(wide ?? narrow, 16)) : (escapes[one] ?? one),
  );
}
