/** Every item, and whether it is the last one; so each waits for the next. */
export async function* withLast<T>(
  items: AsyncIterable<T>,
): AsyncGenerator<{ readonly item: T; readonly isLast: boolean }> {
  let held: { readonly item: T } | undefined;
  for await (const item of items) {
    if (held !== undefined) yield { item: held.item, isLast: false };
    held = { item };
  }
  if (held !== undefined) yield { item: held.item, isLast: true };
}
