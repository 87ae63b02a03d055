import { ownSchemas } from '../../../../engine/conformance/checks/own-schemas.ts';
import { harness, itemsWith, streamWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(ownSchemas);

const stream = (name: string, schema: string) =>
  streamWith(name, `schema_loader: { type: InlineSchemaLoader, schema: { $ref: "#/schemas/${schema}" } }`);

const manifest = (...refs: readonly (readonly [name: string, schema: string])[]) =>
  `${itemsWith().replace(/\nspec:/, `${refs.map(([name, schema]) => stream(name, schema)).join('')}\nspec:`)}
schemas:
  users: { type: object, properties: { id: {} } }
  plans: { type: object, properties: { id: {} } }
  common: { type: object, properties: { id: {} } }
`;

describe('own-schemas', () => {
  it('has nothing to say where schemas are written where they are used', async () => {
    await expectNothing(itemsWith());
  });

  it('passes for its own schema, for a common one, and for a stream that has none of its own', async () => {
    await expectPass(manifest(['users', 'users'], ['plans', 'common'], ['notes', 'plans']));
  });

  it('finds the schema of another stream', async () => {
    await expectViolations(manifest(['users', 'plans'], ['plans', 'plans']), [
      {
        message: /^Stream "users" has the schema of stream "plans", and there is one of its own/,
        at: 'schema:',
        stream: 'users',
      },
    ]);
  });
});
