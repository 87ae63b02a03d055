import { execFileSync } from 'node:child_process';

/** Makes in a folder what is published as `dist/`, by the same build. */
export function buildPackage(outdir: string, ...flags: readonly '--types'[]): void {
  execFileSync(process.execPath, ['build.mjs', '--production', ...flags, '--outdir', outdir]);
}
