/** What one set has and the other has not. */
export function onlyIn(one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] {
  return [...one].filter((each) => !other.has(each));
}
