import { fittingDefaults } from '../../../../engine/validate/rules/fitting-defaults.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(fittingDefaults);

const spec = (schema: string) =>
  withRetriever('', '', `spec: { type: Spec, connection_specification: { type: object, ${schema} } }`);

const days = (days: string) => spec(`properties: { days: ${days} }`);

const refused = (problem: string, at: string) => [
  { message: `The spec itself refuses this default: ${problem}.`, at, severity: 'warning' as const },
];

describe('fittingDefaults', () => {
  it('are values that the spec takes', () => {
    expectValid(days('{ type: integer, default: 30 }'));
    expectValid(days('{ type: string, format: date, default: "2024-01-01T00:00:00Z" }'));
    expectValid(days('{ type: [string, "null"], default: null }'));
    expectValid(days('{ type: integer }'));
    expectValid(days('{ type: integer, default: 123456789012345678901234567890 }'));
    // What lies in an object may be added by hand.
    expectValid(days('{ type: object, default: {}, required: [a], properties: { a: { type: string } } }'));
    // A field may have the name of a keyword.
    expectValid(spec('properties: { default: { type: string } }'));
  });

  it('are refused by their type, their choices or their pattern, at any depth', () => {
    expectErrors(days('{ type: integer, default: "30" }'), refused('it must be an integer', '"30"'));
    expectErrors(
      days('{ type: string, enum: [eu, us], default: de }'),
      refused('it must be one of "eu", "us"', 'de }'),
    );
    expectErrors(
      days('{ type: array, default: [1], items: { type: string } }'),
      refused('"0" of it must be a string', '[1]'),
    );
    expectErrors(
      days('{ type: object, oneOf: [{ properties: { a: { type: boolean, default: 1 } } }] }'),
      refused('it must be true or false', '1 }'),
    );
  });
});
