import * as z from 'zod';
import type { JsonSchema } from '../../util/json/json.ts';
import { testFileFields } from './fields.ts';

/** The format of test files as a JSON schema, for editors. */
export function testFileSchema(): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(testFileFields(), { target: 'draft-7', io: 'input' });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Conformance tests of a manifest',
    ...schema,
  };
}
