/** msw 2, any-ascii and hyparquet ship or depend on ES modules only; jest runs CommonJS, so those few are transformed too. */
const esModulesOnly = [
  'rettime',
  'until-async',
  '@open-draft/deferred-promise',
  'any-ascii',
  'hyparquet',
  'hyparquet-writer',
];

// A machine may stand anywhere: what takes its local time for UTC is found, and so is what leaves out half an hour.
process.env.TZ = 'America/St_Johns';

// No folder can be there: what `manifold test` finds in a test is not kept for the next one, nor beside what a developer keeps.
process.env.XDG_CACHE_HOME = __filename;

module.exports = {
  // Every core may have a worker. `npm test` lets none of them collect garbage on several threads: there is no core left for those.
  maxWorkers: '100%',
  // For what never ends. A busy machine may take many times as long for a test as a quiet one, and stays below this.
  testTimeout: 600_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  runtime: '<rootDir>/test/kit/jest-runtime.cjs',
  testSequencer: '<rootDir>/test/kit/longest-first.cjs',
  // What `npm run mutants` leaves there is a copy of all of this.
  modulePathIgnorePatterns: ['<rootDir>/out/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
    '^.+\\.m?js$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModulesOnly.join('|')})/)`],
  // The package's public face, as hooks and examples import it.
  moduleNameMapper: { '^manifold-connectors$': '<rootDir>/engine/index.ts' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
};
