import type { Scope } from '../../contract/scope.ts';

/** A shorter text could be a word of any message. */
const shortest = 8;

/**
 * Takes down as a secret what an authenticator has made of the config: nobody else knows it. A value of the config itself is
 * one only when its spec says so; there are manifests that send the name of an account this way.
 */
export function rememberSecret(made: string, { config, sync }: Pick<Scope, 'config' | 'sync'>): void {
  if (made.length >= shortest && !holds(config(), made)) sync.addSecret(made);
}

function holds(value: unknown, text: string): boolean {
  if (typeof value !== 'object' || value === null) return String(value) === text;
  return Object.values(value).some((item) => holds(item, text));
}
