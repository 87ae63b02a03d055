import { separateValues } from '../../../../engine/validate/rules/separate-values.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(separateValues);

const decoder = (delimiter: string) =>
  withRetriever(`decoder: { type: CsvDecoder, delimiter: ${delimiter} }`);

describe('separateValues', () => {
  it('have a character between them that does nothing else', () => {
    for (const delimiter of ['";"', '"\\t"', '" "', '""']) expectValid(decoder(delimiter));
    expectErrors(decoder('"\\n"'), [
      {
        message: 'A "\\n" ends a line, so it cannot stand between two values.',
        at: '"\\n"',
        severity: 'warning',
      },
    ]);
    expectErrors(decoder("'\"'"), [
      {
        message: 'A "\\"" puts values in quotes, so it cannot stand between two values.',
        at: "'\"'",
        severity: 'warning',
      },
    ]);
  });
});
