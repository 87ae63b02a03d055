// Would a test notice? Changes each expression of a room, one at a time, and runs the tests of that room.
//
//   npm run mutants -- engine/http/budget
//   npm run mutants -- engine/http/budget/call-windows.ts:33-60
//   npm run mutants -- engine/http/send --tests test/engine/components/error-handlers
//
// Prints what no test noticed, and the score. Stryker is fetched when it is needed: nobody who only builds or tests has
// to wait for its packages. It tries three to ten mutants a second.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** The last that runs on Node 20. */
const stryker = '9.6.1';

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '../..'));
const { values, positionals: rooms } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: 'string', multiple: true, default: [] } },
});
if (rooms.length === 0) {
  process.stderr.write('Name a room of the engine: npm run mutants -- engine/http/budget\n');
  process.exit(1);
}

/** A room may be a folder, a file, or lines of a file. */
const aFile = /\.ts(:[\d:-]+)?$/;
const testsOf = (path) =>
  aFile.test(path) ? path.replace(/(\.test)?\.ts(:.*)?$/, '.test.ts') : `${path}/**/*.test.ts`;
const tests = [...rooms.map((room) => `test/${room}`), ...values.tests];
const folderOf = (path) => (aFile.test(path) ? dirname(path) : path);
const settings = {
  mutate: rooms.map((room) => (aFile.test(room) ? room : `${room}/**/*.ts`)),
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: {
    configFile: 'jest.config.cjs',
    config: {
      // Nothing else is looked through, and nothing is loaded that a mutant does not concern.
      roots: [...new Set(tests.map((path) => `<rootDir>/${folderOf(path)}`))],
      testMatch: tests.map((path) => `<rootDir>/${testsOf(path)}`),
      runner: '<rootDir>/test/mutants/concerned-tests.cjs',
    },
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  // What a module computes when it is loaded would need a process of its own for each mutant.
  ignoreStatic: true,
  concurrency: 1,
  // What loops for ever is found; what is slow because the machine is busy is not taken for it.
  timeoutMS: 10_000,
  tempDirName: 'out/mutants',
  ignorePatterns: ['dist', 'out', 'coverage'],
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: 'out/mutants-report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  // Types are the compiler's business, and a mutant need not have any.
  tsconfigFile: 'none',
};

mkdirSync('out', { recursive: true });
writeFileSync('out/mutants.json', JSON.stringify(settings));
const packages = ['core', 'jest-runner'].map((name) => `--package=@stryker-mutator/${name}@${stryker}`);
const { status } = spawnSync('npx', ['--yes', ...packages, '--', 'stryker', 'run', 'out/mutants.json'], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
