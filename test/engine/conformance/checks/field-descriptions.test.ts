import { fieldDescriptions } from '../../../../engine/conformance/checks/field-descriptions.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(fieldDescriptions);

const described = (type: string, description: string) =>
  itemsWith({ schema: `id: { type: integer }\nthing: { type: ${type}, description: "${description}" }` });

describe('field-descriptions', () => {
  it('says nothing of fields without a description, and of those that may be several things', async () => {
    await expectNothing(itemsWith());
    await expectNothing(described('[string, array]', 'List of nameservers'));
  });

  it.each([
    ['array', 'List of nameservers'],
    ['string', 'Nameservers, a list of names'],
    ['integer', 'Number of days'],
    ['string', 'Whether it is, as Y or N'],
    ['integer', 'True if it is'],
    ['string', 'Number or name of the house'],
    ['array', 'Names of the departments'],
    ['string', 'Amount of the order'],
    ['integer', 'Duration of the call in seconds'],
    ['string', 'Duration of the call, such as 1 h'],
    ['string', 'Time stamp in seconds'],
    ['string', 'Time spent, as days (#d), hours (#h) or minutes'],
    ['integer', 'Date of the order'],
  ])('passes for %s: %s', async (type, description) => {
    await expectPass(described(type, description));
  });

  it('takes it for the way of an API when it writes all numbers of an object as texts', async () => {
    const counts = (...types: readonly string[]) =>
      itemsWith({
        schema: types
          .map((type, index) => `count_${index}: { type: ${type}, description: "Number of clicks" }`)
          .join('\n'),
      });
    await expectPass(counts('string', 'string', 'string'));
    await expectPass(counts(...Array.from({ length: 6 }, () => 'string'), 'integer', 'number'));
    await expectViolations(counts('string', 'integer', 'integer'), [
      { message: /"count_0" .* is a number by/ },
    ]);
    await expectViolations(counts('string', 'string'), [
      { message: /"count_0" .* is a number by/ },
      { message: /"count_1" .* is a number by/ },
    ]);
  });

  it('lets a number that tells things apart be a text', async () => {
    await expectPass(
      itemsWith({ schema: 'chargeNumber: { type: string, description: "Number of the charge" }' }),
    );
  });

  it.each([
    ['string', 'List of nameservers', 'a list by its description, and a text by its schema'],
    ['number', 'An array of ids', 'a list by its description, and a number by its schema'],
    ['string', 'The total number of days', 'a number by its description, and a text by its schema'],
    ['string', 'Duration of the call in seconds.', 'a number by its description, and a text by its schema'],
    ['boolean', 'The file size (in bytes)', 'a number by its description, and true or false by its schema'],
    ['string', 'Talk time of an agent in minutes', 'a number by its description, and a text by its schema'],
    ['integer', 'The name of the department', 'a text by its description, and a number by its schema'],
    [
      'boolean',
      'Timestamp of the last change',
      'a moment by its description, and true or false by its schema',
    ],
    ['boolean', 'Identifier of the owner', 'an id by its description, and true or false by its schema'],
    ['boolean', 'Net amount of the order', 'a number by its description, and true or false by its schema'],
    ['object', 'Indicates whether it is', 'true or false by its description, and an object by its schema'],
  ])('finds %s: %s', async (type, description, message) => {
    await expectViolations(described(type, description), [
      { message: `"thing" of stream "items" is ${message}.`, at: type, stream: 'items' },
    ]);
  });
});
