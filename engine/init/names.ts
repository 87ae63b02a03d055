/** `userAccounts` and `user-accounts` as `user_accounts`. */
export function snake(name: string): string {
  return name
    .replace(/\.json$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
}

/** What a path lists: its last segment that is a name. */
export function nounOf(path: string): string {
  const names = path.split('/').filter((segment) => segment !== '' && !segment.startsWith('{'));
  return (
    names.findLast((name) => !/^(?:search|query|list|filter|all|v\d+)$/i.test(name)) ??
    names.at(-1) ??
    'records'
  );
}
