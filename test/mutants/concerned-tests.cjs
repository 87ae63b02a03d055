// Runs the files of tests that are concerned by a mutant, the quickest first, and no more once one of them has failed.
// Jest itself would load each of them, only to find no test in it that has one of the wanted names.
const { default: TestRunner } = require('jest-runner');

/** By path, from the first run, which runs everything. */
const known = new Map();

module.exports = class ConcernedTests extends TestRunner {
  async runTests(tests, watcher, options) {
    const { testNamePattern } = this._globalConfig;
    const wanted = testNamePattern && new RegExp(testNamePattern, 'i');
    const isConcerned = ({ path }) => known.get(path)?.names.some((name) => wanted.test(name)) ?? true;
    const concerned = wanted ? tests.filter(isConcerned) : tests;
    const duration = ({ path }) => known.get(path)?.duration ?? 0;
    let hasFailed = false;
    const unsubscribe = [
      this.on('test-file-success', ([{ path }, result]) => {
        hasFailed ||= result.numFailingTests > 0 || result.testExecError !== undefined;
        if (wanted || known.has(path)) return;
        const names = result.testResults.map(({ fullName }) => fullName);
        known.set(path, { names, duration: result.perfStats.end - result.perfStats.start });
      }),
      this.on('test-file-failure', () => {
        hasFailed = true;
      }),
    ];
    for (const test of concerned.sort((a, b) => duration(a) - duration(b))) {
      if (hasFailed && known.size > 0) break;
      await super.runTests([test], watcher, options);
    }
    for (const each of unsubscribe) each();
  }
};
