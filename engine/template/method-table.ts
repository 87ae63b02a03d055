import { bind } from './python-call.ts';
import type { Keywords } from './python-types.ts';

/** `call` gets the arguments as the template wrote them. */
export type Method = (args: readonly unknown[], keywords: Keywords) => unknown;
/** Parameters and body of every method of a type. */
export type Methods<T> = Readonly<
  Record<string, readonly [readonly string[], (self: T, ...args: unknown[]) => unknown]>
>;

export function methodOf<T>(methods: Methods<T>, kind: string, self: T, name: string): Method | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) return undefined;
  const [parameters, body] = method;
  return (args, keywords) => body(self, ...bind(`${kind}.${name}`, parameters, args, keywords));
}

/** For methods that change their object, which return None. */
export const done = (_effect: unknown): null => null;
