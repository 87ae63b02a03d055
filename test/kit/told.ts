/** What a call says is wrong; undefined when it takes what it was given. */
export function told(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
