import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseManifest } from '../../../engine/commands/choose-manifest.ts';
import type { Environment } from '../../../engine/commands/environment.ts';
import { defineHook } from '../../../engine/language/hook.ts';
import { fieldOf, toValue } from '../../../engine/manifest/node.ts';
import { testEnvironment } from '../../kit/environment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'choose-'));
});
afterEach(() => rm(folder, { recursive: true }));

const manifest = (description: string) =>
  `{ version: 6.0.0, type: DeclarativeSource, description: ${description} }`;

async function chosen(
  options: Parameters<typeof chooseManifest>[0],
  config: Parameters<typeof chooseManifest>[1],
  parts: Partial<Environment> = {},
): Promise<unknown> {
  const choice = await chooseManifest(options, config, testEnvironment(parts));
  const description = fieldOf(choice.manifest.root, 'description');
  return description && toValue(description);
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  return path;
}

const injected = { __injected_declarative_manifest: manifest('injected') };
const hook = defineHook('RecordFilter', {
  name: 'X',
  fields: () => ({}),
  make: () => ({ keeps: () => true }),
});

describe('chooseManifest', () => {
  it('takes that of the command line before all others', async () => {
    const manifestPath = await file('named.yaml', manifest('named'));
    expect(await chosen({ manifestPath }, injected)).toBe('named');
  });

  it('takes that in the config before the bundled one', async () => {
    const bundledManifest = await file('bundled.yaml', manifest('bundled'));
    expect(await chosen({}, injected, { bundledManifest })).toBe('injected');
    expect(await chosen({}, {}, { bundledManifest })).toBe('bundled');
  });

  it('takes an object in the config as well as its text', async () => {
    const object = { version: '6.0.0', type: 'DeclarativeSource', description: 'object' };
    expect(await chosen({}, { __injected_declarative_manifest: object })).toBe('object');
  });

  it('refuses what is no manifest', async () => {
    await expect(chosen({}, { __injected_declarative_manifest: 3 })).rejects.toThrow(
      '"__injected_declarative_manifest" in the config must be a manifest: an object, or its YAML text.',
    );
  });

  it('never runs Python, wherever it comes from', async () => {
    const config = { ...injected, __injected_components_py: 'print()' };
    await expect(chosen({}, config)).rejects.toThrow(/The config carries Python components/);
    await expect(chosen({ componentsPath: 'components.py' }, injected)).rejects.toThrow(
      /components\.py was not loaded/,
    );
  });

  it('lets hooks of the command line stand for Python components', async () => {
    const config = { ...injected, __injected_components_py: 'print()' };
    expect(await chosen({ hooks: ['x.js'] }, config, { loadHooks: async () => [hook] })).toBe('injected');
  });

  it('finds the hooks of bundled connectors by the class names of a manifest, wherever it lies', async () => {
    const asked: string[] = [];
    const bundledHooks = async (connector: string) => {
      asked.push(connector);
      return connector === 'other' ? [hook] : [];
    };
    const custom = (className: string) =>
      `{ version: 6.0.0, streams: [{ retriever: { class_name: ${className} } }] }`;
    const manifestPath = await file('copy.yaml', custom('other.A'));
    const copy = await chooseManifest({ manifestPath }, {}, testEnvironment({ bundledHooks }));
    expect(copy.manifest.registry.findHook(hook.family, `other.${hook.type}`)).toBe(hook);
    await chosen({}, { __injected_declarative_manifest: custom('third.part.B') }, { bundledHooks });
    await chosen({}, { __injected_declarative_manifest: custom('C') }, { bundledHooks });
    expect(asked).toEqual(['other', 'third']);
  });

  it('finds the files of a manifest beside it, then among those of the package', async () => {
    const manifestPath = await file('own/m.yaml', manifest('m'));
    await file('own/schemas/a.json', 'own a');
    const bundledSchema = async (path: string) => `shipped ${path}`;
    const { readFile } = await chooseManifest({ manifestPath }, {}, testEnvironment({ bundledSchema }));
    expect(await readFile('schemas/a.json')).toBe('own a');
    expect(await readFile('schemas/b.json')).toBe('shipped schemas/b.json');
  });

  it('gives a manifest inside a config no file of this machine', async () => {
    const secret = await file('secret.json', '{}');
    const config = { __injected_declarative_manifest: { version: '7.0.0', streams: [] } };
    const { readFile } = await chooseManifest({}, config, testEnvironment());
    for (const path of [secret, '../secret.json', 'package.json'])
      expect(await readFile(path)).toBeUndefined();
  });

  it('says that a file is not there', async () => {
    await expect(chosen({ manifestPath: join(folder, 'none.yaml') }, {})).rejects.toThrow(
      /The manifest .*none\.yaml could not be read: there is no such file\./,
    );
  });
});
