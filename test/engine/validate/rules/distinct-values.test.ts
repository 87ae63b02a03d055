import { distinctValues } from '../../../../engine/validate/rules/distinct-values.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(distinctValues);

const router = (values: string) =>
  withRetriever(`partition_router: { type: ListPartitionRouter, cursor_field: k, values: ${values} }`);

describe('distinctValues', () => {
  it('are each in the list once', () => {
    expectValid(router('[open, closed]'));
    expectValid(router('"{{ config[\'values\'] }}"'));
  });

  it('are told where one is there again', () => {
    const again = (value: string) => ({
      message: `"${value}" is in the list already, so its records are read twice.`,
      severity: 'warning' as const,
    });
    expectErrors(router('[open, closed, open, "closed"]'), [
      { ...again('open'), at: 'open, "closed"]' },
      { ...again('closed'), at: '"closed"' },
    ]);
  });
});
