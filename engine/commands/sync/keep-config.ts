import { messageOf } from '../../util/text/message-of.ts';
import { replaceFile } from '../replace-file.ts';

/**
 * Writes a config whose tokens were renewed into the file that it came from, readable by the same people as before. Says
 * what became of it, and never throws: the sync can end with the tokens that it has.
 */
export async function keepConfig(path: string, text: string, say: (text: string) => void): Promise<void> {
  try {
    await replaceFile(path, text);
    say(`${path} was changed: it holds what the next sync needs, such as a renewed token.\n`);
  } catch (error) {
    say(
      `ERROR ${path} could not be changed (${messageOf(error)}), so the token that was renewed is lost when this sync ends. Make the file writable, and sign in again if the next sync is refused.\n`,
    );
  }
}
