import { recordsSchema } from '../../../../engine/conformance/checks/records-schema.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(recordsSchema);

const made = (schema: string, ...fields: readonly (readonly [path: string, value: string])[]) =>
  itemsWith({
    stream: `transformations:
${fields.map(([path, value]) => `  - { type: AddFields, fields: [{ path: [${path}], value: "{{ ${value} }}" }] }`).join('\n')}`,
    schema: `id: { type: integer }\n${schema}`,
  });

const links = 'links: { type: object, properties: { items: { type: array, items: { type: string } } } }';

describe('records-schema', () => {
  it('passes where records fit', async () => {
    await expectPass(itemsWith());
  });

  it('finds a value that is made and does not fit', async () => {
    await expectViolations(made('number: { type: integer }', ['number', "'no ' ~ record.id"]), [
      {
        message: 'The schema of stream "items" does not fit what it emits: "number" must be an integer.',
        at: '{ type: integer }',
      },
    ]);
  });

  it.each([
    [['links', "{'items': record.links} if record.links else None"]],
    [
      ['before', 'record.links'],
      ['links, items', "record.get('before')"],
    ],
  ] as const)(
    'knows nothing of a list before it is put into an object under its own name',
    async (...fields) => {
      await expectPass(made(links, ...(fields as readonly (readonly [string, string])[])));
    },
  );
});
