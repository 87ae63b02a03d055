import { dictMethods } from '../../../../engine/validate/rules/dict-methods.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(dictMethods);

const filter = (condition: string) =>
  withRetriever(
    `record_selector: { extractor: { field_path: [] }, record_filter: { condition: "${condition}" } }`,
  );

test('a field named like a method is taken as an item', () => {
  expectValid(filter("{{ record['items'] and record.get('a') and record.items() }}"));
  expectErrors(filter('{{ record.items | length > 0 }}'), [
    {
      severity: 'warning',
      message: '"record.items" is a method of Python, not a field. Write record[\'items\'] for the field.',
      at: 'record.items',
    },
  ]);
});
