/** The result of an attempt, or undefined when it throws. */
export function tryTo<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}
