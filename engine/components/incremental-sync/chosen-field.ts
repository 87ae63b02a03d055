import type { CursorOptions } from '../../contract/cursors.ts';
import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';

/** The cursor field that the user chose in the catalog. A field inside another one cannot be chosen. */
export function chosenField(
  { cursorField, stream }: Pick<CursorOptions, 'cursorField' | 'stream'>,
  scope: Scope,
): string | undefined {
  if (cursorField === undefined || typeof cursorField === 'string') return cursorField;
  if (cursorField.length <= 1) return cursorField[0];
  throw new ConnectorError(
    `The catalog chooses "${cursorField.join('.')}" as cursor field of stream "${stream}", a field inside another one. Choose a field of the record itself.`,
    { kind: 'config_error', nodes: [scope.place] },
  );
}
