import { knownVersion } from '../../../../engine/validate/rules/known-version.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(knownVersion);

test('a manifest of a newer language is warned of', () => {
  expectValid(withRetriever(''));
  expectErrors(withRetriever('').replace('6.0.0', '99.0.0'), [
    {
      severity: 'warning',
      message: expect.stringMatching('^The manifest is of version 99.0.0, newer than '),
      at: '99',
    },
  ]);
});
