/** Tests in a real browser: `npm run test:browser`. They share a machine with it, so they run one after the other. */
module.exports = {
  ...require('./jest.config.cjs'),
  maxWorkers: 1,
  testMatch: ['<rootDir>/test/browser/**/*.browser.ts'],
};
