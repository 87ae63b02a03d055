import type { StoredState, StreamDefinition, StreamState } from '../../contract/families.ts';
import { isObject } from '../../util/json/json.ts';
import { onlyValue } from './codec.ts';

/**
 * Where the parent continues, according to its child's state: its own state in there, otherwise the position of all
 * partitions, otherwise the only value of a state that older versions wrote, `{ updated_at: "…" }`.
 */
export function parentStateOf(
  child: StoredState | undefined,
  parent: Pick<StreamDefinition, 'name' | 'cursorField'>,
): StreamState | undefined {
  if (child === undefined) return undefined;
  const own = child.parentStates?.[parent.name];
  if (isObject(own)) return own;
  if (child.kind === 'per-partition' || child.kind === 'global') return child.all;
  const value = onlyValue(child);
  const isPosition = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
  return isPosition && parent.cursorField !== undefined ? { [parent.cursorField]: value } : undefined;
}
