import { schemaFiles } from '../../../../engine/validate/rules/schema-files.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(schemaFiles, {
  hasFile: (path) => path === 'schemas/items.json' || path === 'schemas/b.json',
});

const loader = (fields = '') => withRetriever('', `schema_loader: { type: JsonFileSchemaLoader${fields} }`);

test('a schema file that the manifest names is beside it', () => {
  expectValid(loader());
  expectValid(loader(', file_path: "./package/schemas/b.json"'));
  expectValid(loader(`, file_path: "./schemas/{{ parameters['name'] }}.json", $parameters: { name: b }`));
  expectValid(loader(`, file_path: "{{ config.file }}"`));
  expectErrors(loader(', file_path: schemas/c.json'), [
    { message: 'There is no schema file "schemas/c.json".', at: 'schemas/c.json' },
  ]);
  expectErrors(loader(', $parameters: { name: c }'), [
    { message: 'There is no schema file "schemas/c.json".', at: '{ type: JsonFileSchemaLoader' },
  ]);
});
