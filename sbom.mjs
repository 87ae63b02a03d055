// What is inside of the bundle, as CycloneDX: every package that it is made of, with version and licence.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

/** Writes the bill of materials of what the lock file names for production. The same lock file gives the same bytes. */
export async function writeSbom(file) {
  const options = ['--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const {
    serialNumber: _chance,
    metadata,
    components,
    dependencies,
    ...bill
  } = JSON.parse(execFileSync('npm', ['sbom', ...options], { encoding: 'utf8', maxBuffer: 2 ** 26 }));
  const { timestamp: _moment, ...about } = metadata;
  const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
  const kept = productionPackages();
  const shipped = components.filter((one) => kept.has(`${one.name}@${one.version}`));
  const references = new Set([about.component['bom-ref'], ...shipped.map((one) => one['bom-ref'])]);
  const made = {
    ...bill,
    metadata: { ...about, component: { ...about.component, name } },
    components: shipped,
    dependencies: dependencies
      .filter(({ ref }) => references.has(ref))
      .map((one) => ({ ...one, dependsOn: one.dependsOn?.filter((ref) => references.has(ref)) })),
  };
  await writeFile(file, `${JSON.stringify(made, undefined, 2)}\n`);
}

/** npm's own "--omit=dev" also leaves out what both the program and a tool of this repository depend on. */
function productionPackages() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  return new Set(
    Object.entries(packages)
      .filter(([folder, { dev }]) => folder !== '' && dev !== true)
      .map(([folder, { name, version }]) => `${name ?? folder.split('node_modules/').at(-1)}@${version}`),
  );
}
