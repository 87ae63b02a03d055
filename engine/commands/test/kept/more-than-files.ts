import type { Manifest } from '../../../connector/load-manifest.ts';

/** A number that nobody can foresee, and what writes files where the machine lets it. */
const moreThanFiles = /\bgenerate_uuid\b|\bfile_uploader\b/;

/** Whether a test of the manifest may depend on something besides files. */
export function hasMoreThanFiles({ written, root }: Manifest): boolean {
  const { text } = (written ?? root).place.source;
  return text === undefined || moreThanFiles.test(text);
}
