/** Calls `make` when its value is first asked for, and only then. A promise that rejects is forgotten, so the next caller tries again. */
export function memoize<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** The same for a value that needs no waiting. When `make` throws, the next caller tries again. */
export function memoizeSync<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
