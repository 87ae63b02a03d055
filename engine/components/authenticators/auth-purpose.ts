import type { Purpose } from '../../contract/purpose.ts';
import type { Scope } from '../../contract/scope.ts';

/** What a login is for: in a parent stream it is a part of reading the parent. */
export function authPurpose(purpose: Purpose, scope: Scope): Purpose {
  if (scope.stream?.purpose?.type !== 'PARENT_STREAM') return purpose;
  return { ...purpose, type: 'PARENT_STREAM', title: `Parent stream: ${purpose.title}` };
}
