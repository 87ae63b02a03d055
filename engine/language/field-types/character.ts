import * as z from 'zod';
import { unescapePython } from '../../template/syntax/string-escapes.ts';
import { messageOf } from '../../util/text/message-of.ts';

/**
 * A text that is one character. One that starts with a backslash is a Python escape: `\t`, `\x01`, `\u0001`. An empty
 * text stays empty.
 */
export function character() {
  return z.string().transform((text, context) => {
    let read: string;
    try {
      read = text.startsWith('\\') ? unescapePython(text, unreadable) : text;
    } catch (error) {
      context.addIssue({ code: 'custom', message: `"${text}" cannot be read: ${messageOf(error)}` });
      return z.NEVER;
    }
    if (read.length > 1)
      context.addIssue({ code: 'custom', message: `one character is expected, not "${text}"` });
    return read;
  });
}

function unreadable(reason: string): never {
  throw new SyntaxError(reason);
}
