import { readFileSync } from 'node:fs';
import { testFileSchema } from '../../../../engine/conformance/test-file/test-file-schema.ts';
import { validateAgainstSchema } from '../../../../engine/util/schema/validate-against-schema.ts';

describe('the schema of test files', () => {
  it('is the one that editors get', () => {
    expect(JSON.parse(readFileSync('schemas/test-file.schema.json', 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(testFileSchema())),
    );
  });

  it('knows what the format knows', () => {
    const schema = testFileSchema();
    const exchange = { on: 'GET /items', json: [] };
    expect(
      validateAgainstSchema(
        { tests: [{ name: 'a', stream: 's', http: [exchange], expect: { count: 1 } }] },
        schema,
      ),
    ).toEqual([]);
    expect(validateAgainstSchema({ tests: [{ stream: 's' }] }, schema)).not.toEqual([]);
    expect(
      validateAgainstSchema({ tests: [{ name: 'a', http: [{ ...exchange, onn: 1 }] }] }, schema),
    ).not.toEqual([]);
  });
});
