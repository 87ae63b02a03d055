/** Every item, and whether it is the last one; so each waits for the next. One whose next fails is not the last. */
export async function* withLast<T>(
  items: AsyncIterable<T>,
): AsyncGenerator<{ readonly item: T; readonly isLast: boolean }> {
  let held: { readonly item: T } | undefined;
  try {
    for await (const item of items) {
      const before = held;
      held = { item };
      if (before !== undefined) yield { item: before.item, isLast: false };
    }
  } catch (error) {
    if (held !== undefined) yield { item: held.item, isLast: false };
    throw error;
  }
  if (held !== undefined) yield { item: held.item, isLast: true };
}
