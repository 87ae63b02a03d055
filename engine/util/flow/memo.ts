/** The value of a key, made when it is first asked for. Whoever asks with a key asks for the same type each time. */
export type Memo = <T>(key: string, make: () => T) => T;

/** Remembers values of any type; undefined is one too. */
export function createMemo(): Memo {
  const known = new Map<string, unknown>();
  return <T>(key: string, make: () => T): T => {
    if (!known.has(key)) known.set(key, make());
    return known.get(key) as T;
  };
}
