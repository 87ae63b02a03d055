import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { init } from '../../engine/commands/init/init.ts';
import { test as testCommand } from '../../engine/commands/test/test.ts';
import { validate } from '../../engine/commands/validate/validate.ts';
import { checksPage } from '../../engine/conformance/checks-page.ts';
import { shellWords } from '../../engine/init/shell-words.ts';
import { toValue } from '../../engine/manifest/node.ts';
import { parseManifest } from '../../engine/manifest/parse.ts';
import { testEnvironment } from '../kit/environment.ts';

const document = (path: string) => {
  const { node } = parseManifest({ name: path, text: readFileSync(path, 'utf8') });
  return node && toValue(node);
};

describe('examples/ci', () => {
  it('passes all that its workflow runs', async () => {
    const environment = testEnvironment();
    const code = await testCommand(['examples/ci/connectors'], { strict: true }, environment);
    expect(environment.written()).toMatch(/simulated {2}\d+ passed/);
    expect(code).toBe(0);
  });

  it.each([
    ['connectors more', ['connectors', 'more']],
    ['con nectors\nmore\n', ['con nectors', 'more']],
  ])('is run by the action with the reports that the workflow uploads: %j', async (paths, named) => {
    const action = document('action.yml') as { runs: { steps: { run: string }[] } };
    const script = action.runs.steps[0]?.run ?? '';
    const env = {
      PATH: process.env['PATH'],
      PATHS: paths,
      AGAINST: 'git:origin/main',
      STRICT: 'true',
      REPORTS: 'out',
      VERSION: '1',
    };
    const print = 'console.log(process.argv.slice(1).join("\\n"))';
    const { stdout } = await promisify(execFile)(
      'bash',
      ['-c', script.replaceAll('$manifold', `node -e '${print}' --`)],
      { env },
    );
    expect(stdout.trim().split('\n')).toEqual([
      ...'test --github --junit out/junit.xml --sarif out/manifold.sarif --lcov out/lcov.info --against git:origin/main --strict --'.split(
        ' ',
      ),
      ...named,
    ]);
  });

  it('names hooks that pre-commit finds', () => {
    const ids = (path: string) =>
      [...readFileSync(path, 'utf8').matchAll(/- id: (\S+)/g)].map(([, id]) => id);
    expect(ids('examples/ci/.pre-commit-config.yaml')).toEqual(ids('.pre-commit-hooks.yaml'));
  });
});

describe('examples/source-tasks', () => {
  it('runs as it is, and says what is not here', async () => {
    const environment = testEnvironment();
    const code = await testCommand(['examples/source-tasks'], { json: '-' }, environment);
    const [report] = JSON.parse(environment.written()).subjects;
    const verdict = (id: string) => report.checks.find((check: { id: string }) => check.id === id).verdict;
    expect(report.remarks).toEqual([
      'secrets/config.json is not here: a config is made out of the spec instead.',
      'incremental is left out by the folder\'s own tests: "This connector does not implement incremental sync".',
    ]);
    expect([verdict('expected-records'), verdict('hosts'), verdict('suggested-streams')]).toEqual([
      'passed',
      'passed',
      'passed',
    ]);
    expect(code).toBe(0);
  });
});

describe('docs/checks.md', () => {
  it('is made of the texts of the checks', () => {
    expect(readFileSync('docs/checks.md', 'utf8')).toBe(checksPage());
  });
});

describe('docs/conformance.md', () => {
  let folder: string;
  const before = process.cwd();
  const page = readFileSync('docs/conformance.md', 'utf8');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'manifold-tutorial-'));
    process.chdir(folder);
  });

  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });

  it('has commands that all run, up to tests that pass', async () => {
    const commands = [...page.matchAll(/```sh\n(.*?)\n```/gs)].map(([, line = '']) => shellWords(line));
    expect(commands.map(([, name]) => name)).toEqual(['init', 'validate', 'test', 'test', 'test']);
    const [first = [], second = [], third = [], fourth = [], fifth = []] = commands;
    expect(await init(String(first[2]), { curl: String(first[4]) }, testEnvironment())).toBe(0);
    const validated = testEnvironment();
    expect(await validate(second.slice(2), {}, validated)).toBe(0);
    expect(validated.written()).toContain('A guess (0.3) that nobody has reviewed');
    // As the page says: reviewed, and with the lines that it shows.
    const [corrections = '', example = ''] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(
      ([, text]) => text,
    );
    const reviewed = readFileSync('tasks.yaml', 'utf8').replace(/ *# guess.*$/gm, '');
    writeFileSync('tasks.yaml', corrected(reviewed, corrections));
    const checked = testEnvironment();
    expect(await testCommand(third.slice(2), {}, checked)).toBe(0);
    writeFileSync('tasks.test.yaml', example);
    const tested = testEnvironment();
    expect(await testCommand(fourth.slice(2, 3), { verbose: true }, tested)).toBe(0);
    expect(tested.written()).toContain('simulated  passed   tasks: two pages');
    const mutated = testEnvironment();
    expect(await testCommand(fifth.slice(2, 3), { mutate: true }, mutated)).toBe(1);
    // What the page shows of it.
    const [, shown = ''] = /```text\n(mutants.*?)```/s.exec(page) ?? [];
    for (const line of shown.split('\n')) expect(mutated.written()).toContain(line);
  });
});

/** A text whose lines have the values of these, by their keys; a key that it has not comes after the one before it. */
function corrected(text: string, corrections: string): string {
  const lines = text.split('\n');
  let last = -1;
  for (const line of corrections.trimEnd().split('\n')) {
    const key = /^\w+:/.exec(line.trim())?.[0] ?? line;
    const known = lines.findIndex((each) => each.trim().startsWith(key));
    const written = `${/^ */.exec(lines[known === -1 ? last : known] ?? '')?.[0]}${line.trim()}`;
    if (known === -1) lines.splice(last + 1, 0, written);
    else lines[known] = written;
    last = known === -1 ? last + 1 : known;
  }
  return lines.join('\n');
}
