import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { components } from '../engine/components/index.ts';

/** Folders of engine/ in the order in which they may be imported: each only from those before it. */
const layers = [
  'util',
  'error',
  'time',
  'manifest',
  'template',
  'contract',
  'language',
  'validate',
  'http',
  'sync',
  'components',
  'protocol',
  'destinations',
  'connector',
  'scrub',
  'recording',
  'builder',
  'server',
  'init',
  'simulator',
  'conformance',
  'preview',
  'language-server',
  'studio',
  'commands',
  '',
];

/** Types may point upwards: a contract names what is made later. */
const importLine =
  /^(?:import|export)\s+(type\s+)?(?:[^;']*?from\s+)?'(\.[^']+)';|\bimport\('(\.[^']+)'\)/gms;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

const files = sourceFiles('engine');

function importsOf(file: string): Import[] {
  return [...readFileSync(file, 'utf8').matchAll(importLine)].map(([, type, path, lazyPath]) => ({
    from: file,
    to: normalize(join(dirname(file), (path ?? lazyPath) as string)),
    isType: type !== undefined,
  }));
}

function layerOf(file: string): number {
  const [, folder = '', ...rest] = file.split('/');
  return layers.indexOf(rest.length === 0 ? '' : folder);
}

const imports = files.flatMap(importsOf);

test('every file of the engine is in a known layer', () => {
  expect(files.filter((file) => layerOf(file) < 0)).toEqual([]);
});

test('engine/README.md has the rooms in this order', () => {
  const listed = [...readFileSync('engine/README.md', 'utf8').matchAll(/^\| ([\w-]+)\/ +\|/gm)];
  expect(listed.map(([, room]) => room)).toEqual(layers.slice(0, -1));
});

test('imports run one way through the layers', () => {
  const upwards = imports.filter(({ from, to, isType }) => !isType && layerOf(to) > layerOf(from));
  expect(upwards.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

/** Rooms of engine/template/ in the order in which they may be imported; its own files may use them all. */
const templateRooms = ['values', 'methods', 'syntax', 'builtins', 'compile'];

test('imports run one way through the rooms of the templates', () => {
  const roomOf = (file: string) => {
    const [, , folder = '', ...rest] = file.split('/');
    return rest.length === 0 ? templateRooms.length : templateRooms.indexOf(folder);
  };
  const isTemplate = (file: string) => file.startsWith('engine/template/');
  const inside = imports.filter(({ from, to }) => isTemplate(from) && isTemplate(to));
  expect(inside.length).toBeGreaterThan(100);
  expect(files.filter((file) => isTemplate(file) && roomOf(file) < 0)).toEqual([]);
  const upwards = inside.filter(({ from, to }) => roomOf(to) > roomOf(from));
  expect(upwards.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('no file imports itself through others, neither types nor lazily', () => {
  const finished = new Set<string>();
  const circles: string[] = [];
  function follow(file: string, trail: readonly string[]): void {
    if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
    if (finished.has(file) || trail.includes(file)) return;
    for (const { to } of importsOf(file)) follow(to, [...trail, file]);
    finished.add(file);
  }
  for (const file of files) follow(file, []);
  expect(circles).toEqual([]);
});

test('hooks and examples come in by the public face alone', () => {
  const outside = ['manifests', 'examples'].flatMap(sourceFiles).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import\()\s*'([^']+)'/g)]
      .map(([, path]) => path as string)
      .filter((path) => !/^(?:\.\/[\w-]+\.ts|manifold-connectors|zod|node:[\w/]+)$/.test(path))
      .map((path) => `${file} → ${path}`),
  );
  expect(outside).toEqual([]);
});

test('rooms of different families never import each other', () => {
  const room = (file: string) => file.split('/')[2];
  const visits = imports.filter(
    ({ from, to }) =>
      from.startsWith('engine/components/') &&
      from !== 'engine/components/index.ts' &&
      to.startsWith('engine/components/') &&
      room(from) !== room(to),
  );
  expect(visits.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('the engine leaves the process to the binary', () => {
  const reaching = files.filter((file) =>
    /\bprocess\.(exit|argv|stdin|stdout|stderr|on|once)\b/.test(readFileSync(file, 'utf8')),
  );
  expect(reaching).toEqual([]);
});

test('only the manifest front end knows the YAML library, and what reads a text that is being typed', () => {
  const importers = files.filter((file) => /from 'yaml'/.test(readFileSync(file, 'utf8')));
  expect(importers.filter((file) => !file.startsWith('engine/manifest/'))).toEqual([
    'engine/language-server/locate/syntax.ts',
  ]);
});

test("Node's crypto, a tenth of a start, is loaded only when it is used", () => {
  const importers = files.filter((file) =>
    /^import (?!type\b).*'node:crypto'/m.test(readFileSync(file, 'utf8')),
  );
  expect(importers).toEqual([]);
});

/** Where types go by their names: their own room, what reads names, what older manifests and other programs call them. */
const namesTypes = ['components/', 'language/', 'manifest/', 'init/', 'builder/normalize.ts'];

test('what is special about a component type is declared by it, and never asked by its name', () => {
  const types = new Set(components.flatMap(({ type, aliases = [] }) => [type, ...aliases]));
  const asked = files
    .filter((file) => !namesTypes.some((room) => file.startsWith(`engine/${room}`)))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(\w+) [!=]== '(\w+)'|\b(case) '(\w+)'/g)]
        .filter(([, left, compared, , name]) => left !== 'family' && types.has(compared ?? name ?? ''))
        .map(([text]) => `${file}: ${text}`),
    );
  expect(asked).toEqual([]);
});
