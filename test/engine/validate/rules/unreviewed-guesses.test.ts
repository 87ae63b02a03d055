import { unreviewedGuesses } from '../../../../engine/validate/rules/unreviewed-guesses.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(unreviewedGuesses);

describe('unreviewedGuesses', () => {
  it('are none where nothing was guessed', () => {
    expectValid(withRetriever('paginator: { type: NoPagination } # a guess'));
  });

  it('are told until somebody has removed the comment', () => {
    expectErrors(withRetriever('paginator: { type: NoPagination } # guess 0.5: nothing looks like paging'), [
      {
        severity: 'warning',
        message:
          'A guess (0.5) that nobody has reviewed: nothing looks like paging. Remove the comment when it is right.',
        at: '# guess 0.5',
      },
    ]);
  });
});
