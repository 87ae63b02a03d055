import { execFile } from 'node:child_process';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import { ConnectorError } from '../../error/connector-error.ts';

const run = promisify(execFile);

export interface EarlierFiles {
  readonly ref: string;
  /** The text of a file, by its absolute path, as it was then; undefined when there was none. */
  read(path: string): Promise<string | undefined>;
}

/** The files of a repository at a commit, tag or branch: `git:REF`. Throws ConnectorError when there is none. */
export async function earlierFiles(against: string, folder: string): Promise<EarlierFiles> {
  const ref = /^git:(.+)$/.exec(against)?.[1];
  // What begins with a dash would be an option.
  if (ref === undefined || ref.startsWith('-'))
    throw new ConnectorError(
      `"${against}" names nothing to compare with. Write git:REF, such as git:main or git:v1.2.0.`,
      {
        kind: 'config_error',
      },
    );
  const git = async (...args: readonly string[]) =>
    (await run('git', ['-C', folder, ...args], { maxBuffer: 64 * 1024 * 1024 })).stdout;
  const top = await git('rev-parse', '--show-toplevel').catch(() => {
    throw new ConnectorError(`${folder} is in no git repository, so there is no ${ref} to compare with.`, {
      kind: 'config_error',
    });
  });
  const commit = await git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`).catch(() => {
    throw new ConnectorError(`The repository has no commit, tag or branch "${ref}". In CI, fetch it first.`, {
      kind: 'config_error',
    });
  });
  return {
    ref,
    read: async (path) => {
      const inside = relative(top.trim(), path).replaceAll('\\', '/');
      return git('show', `${commit.trim()}:${inside}`).catch(() => undefined);
    },
  };
}
