// What is inside of the bundle, as CycloneDX: every package that it is made of, with version and licence.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

/** Writes the bill of materials of what the lock file names for production. The same lock file gives the same bytes. */
export async function writeSbom(file) {
  const options = ['--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const {
    serialNumber: _chance,
    metadata,
    ...bill
  } = JSON.parse(execFileSync('npm', ['sbom', ...options], { encoding: 'utf8', maxBuffer: 2 ** 26 }));
  const { timestamp: _moment, ...about } = metadata;
  const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
  const made = { ...bill, metadata: { ...about, component: { ...about.component, name } } };
  await writeFile(file, `${JSON.stringify(made, undefined, 2)}\n`);
}
