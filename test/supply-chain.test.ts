import { readFileSync } from 'node:fs';

interface Locked {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const { packages }: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);
const { dependencies }: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);

test('nothing that is part of the program runs a script when it is installed', () => {
  const scripted = Object.entries(packages).filter(
    ([, { dev, hasInstallScript }]) => hasInstallScript && !dev,
  );
  expect(scripted.map(([folder]) => folder)).toEqual([]);
});

test('every dependency has its reason in docs/decisions/dependencies.md, and nothing else has one', () => {
  const page = readFileSync('docs/decisions/dependencies.md', 'utf8');
  const [, used = ''] =
    /\| library \| what for, and why not our own \|\n\| --- \| --- \|\n([\s\S]*?)\n\n/.exec(page) ?? [];
  const named = [...used.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) => cell.split(', '));
  expect(named.sort()).toEqual(Object.keys(dependencies).sort());
});
