import { ConnectorError } from './connector-error.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full. Make room, and sync again',
  ENOENT: 'its folder is gone',
  EISDIR: 'there is a folder of that name',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'there is a file of that name',
};

/** Does what changes the disk; throws ConnectorError (config_error) that names what could not be written, and why. */
export async function writing<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new ConnectorError(`${what} cannot be written to: ${reasons[code] ?? message}.`, {
      kind: 'config_error',
      cause,
    });
  }
}
