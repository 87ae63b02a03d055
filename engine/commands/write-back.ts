import type { LogLevel } from '../contract/scope.ts';
import { messageOf } from '../util/text/message-of.ts';

/**
 * Writes a migrated config into the file that it came from, so that whoever starts the connector with this file finds
 * it as it is now. Where that cannot be done (a read-only mount, a pipe) it has to do without.
 */
export async function writeBack(
  path: string,
  text: string,
  log: (level: LogLevel, message: string) => void,
): Promise<void> {
  const { stat } = await import('node:fs/promises');
  const { replaceFile } = await import('./replace-file.ts');
  try {
    if ((await stat(path)).isFile()) await replaceFile(path, text);
  } catch (error) {
    log('DEBUG', `The migrated config was not written to ${path}: ${messageOf(error)}.`);
  }
}
