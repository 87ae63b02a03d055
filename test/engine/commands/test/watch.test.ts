import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rerun } from '../../../../engine/commands/test/watch.ts';
import { pkDeclared } from '../../../../engine/conformance/checks/pk-declared.ts';
import { testEnvironment } from '../../../kit/environment.ts';
import { manifestWith } from '../../conformance/harness.ts';

const stream = (name: string) => `  - type: DeclarativeStream
    name: ${name}
    primary_key: id
    retriever:
      requester: { url: https://api.test/${name} }
      record_selector: { extractor: { field_path: [] } }
`;
const tests = ['items', 'things']
  .map(
    (name) =>
      `  - { name: all, stream: ${name}, http: [{ on: GET /${name}, json: [] }], expect: { count: 0 } }\n`,
  )
  .join('');

test('a change runs the tests of the streams that it concerns, and no others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifold-watch-'));
  try {
    const manifest = join(folder, 'x.yaml');
    const testFile = join(folder, 'x.test.yaml');
    const known = new Map<string, string>();
    const again = async (isFirst = false) => {
      const environment = testEnvironment();
      await rerun(
        { name: 'x.yaml', manifest, testFile },
        { options: {}, checks: [], hooks: [], environment },
        known,
        { isFirst },
      );
      return [...environment.written().matchAll(/^simulated +(passed|failed) +(\w+)/gm)].map(
        ([, verdict, name]) => `${name} ${verdict}`,
      );
    };
    const text = manifestWith({ root: stream('things') });
    writeFileSync(manifest, text);
    writeFileSync(testFile, `tests:\n${tests}`);
    expect(await again(true)).toEqual(['items passed', 'things passed']);
    expect(await again()).toEqual([]);
    writeFileSync(manifest, text.replace('https://api.test/things', 'https://api.test/other'));
    expect(await again()).toEqual(['things failed']);
    writeFileSync(testFile, `tests:\n${tests.replace('/items, json: []', '/items, json: [{ id: a }]')}`);
    expect(await again()).toEqual(['items failed']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a change runs the checks of the stream that it concerns, and no others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifold-watch-'));
  try {
    const manifest = join(folder, 'x.yaml');
    const known = new Map<string, string>();
    const again = async () => {
      const environment = testEnvironment();
      const run = { options: {}, checks: [pkDeclared], hooks: [], environment };
      await rerun({ name: 'x.yaml', manifest, testFile: undefined }, run, known);
      return [...environment.written().matchAll(/"(items|things)"/g)].map(([, name]) => name);
    };
    const text = manifestWith({ root: stream('things').replace('    primary_key: id\n', '') });
    writeFileSync(manifest, text);
    expect(await again()).toEqual(['items', 'things']);
    expect(await again()).toEqual([]);
    writeFileSync(manifest, text.replace('https://api.test/things', 'https://api.test/other'));
    expect(await again()).toEqual(['things']);
    writeFileSync(manifest, text);
    expect(await again()).toEqual(['things']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a manifest that is broken for a moment, or gone, is said to be, and so is that it is back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifold-watch-'));
  try {
    const manifest = join(folder, 'x.yaml');
    const known = new Map<string, string>();
    const again = async () => {
      const environment = testEnvironment();
      const run = { options: {}, checks: [pkDeclared], hooks: [], environment };
      await rerun({ name: 'x.yaml', manifest, testFile: undefined }, run, known);
      return environment.written();
    };
    const text = manifestWith();
    writeFileSync(manifest, text);
    expect(await again()).toMatch(/Stream "items" has no primary key/);
    writeFileSync(manifest, text.replace('streams:', 'streams: [}'));
    expect(await again()).toMatch(/x\.yaml:\d+:\d+/);
    writeFileSync(manifest, text);
    expect(await again()).toBe('x.yaml is as it was before.\n');
    expect(await again()).toBe('');
    rmSync(manifest);
    expect(await again()).toMatch(/x\.yaml/);
    writeFileSync(manifest, text);
    expect(await again()).toBe('x.yaml is as it was before.\n');
    rmSync(manifest);
    await again();
    writeFileSync(manifest, text.replace('name: items', 'name: items\n    primary_key: id'));
    expect(await again()).toMatch(/passed/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
