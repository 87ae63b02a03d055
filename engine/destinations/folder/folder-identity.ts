import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConnectorError } from '../../error/connector-error.ts';
import { writing } from '../../error/writing.ts';
import { type Identity, movedStarts, otherThan } from '../identity.ts';

const identityName = '.manifold.json';

/** What the folder was filled from; undefined where that is not known. Throws ConnectorError (config_error) when it is something else. */
export async function readIdentity(
  { folder, name }: { readonly folder: string; readonly name: string },
  identity: Identity,
  hasStates: boolean,
): Promise<Identity | undefined> {
  const before = await readFile(join(folder, identityName), 'utf8')
    .then((text): Identity => JSON.parse(text))
    .catch(() => undefined);
  const other = before !== undefined && hasStates ? otherThan(before, identity) : undefined;
  if (other === undefined) return before;
  throw new ConnectorError(
    `${name} holds what was read by ${other}. Give --to another folder, or remove ${name} if its records are no longer needed.`,
    { kind: 'config_error' },
  );
}

/** Undefined where it is gone on with. */
export function whyStartOver(
  before: Identity | undefined,
  identity: Identity,
  hasStates: boolean,
): string | undefined {
  const moved = before === undefined || !hasStates ? [] : movedStarts(before.start, identity.start);
  return moved.length === 0 ? undefined : `since ${moved.join(' and ')}`;
}

export async function writeIdentity(folder: string, identity: Identity): Promise<void> {
  const path = join(folder, identityName);
  await writing(path, () => writeFile(path, `${JSON.stringify(identity, null, 2)}\n`));
}
