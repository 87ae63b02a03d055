/** The API versions that the `Intercom-Version` header may name, oldest first. */
const knownVersions: readonly string[] = [
  ...['1.0', '1.1', '1.2', '1.3', '1.4'],
  ...Array.from({ length: 18 }, (_, minor) => `2.${minor}`),
  'Preview',
];

/** The minor number that stands for `Preview`: after every stable version. */
export const preview = 99;

/** 2.16 is 16; versions before 2.0 count as 2.0; Preview is `preview`; undefined when there is no such version. */
export function versionNumber(text: string): number | undefined {
  if (!knownVersions.includes(text)) return undefined;
  if (text === 'Preview') return preview;
  return text.startsWith('2.') ? Number(text.slice(2)) : 0;
}
