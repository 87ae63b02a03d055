import { schemaTypes } from '../../../../engine/conformance/checks/schema-types.ts';
import { harness, itemsWith, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(schemaTypes);

describe('schema-types', () => {
  it('passes for types of the table', async () => {
    await expectPass(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
      }),
    );
  });

  it('leaves it to another check to say what is no type', async () => {
    await expectPass(manifestWith({ schema: '{ type: object, properties: { n: { type: int } } }' }));
  });

  it('leaves formats aside that say no more than the type to a destination', async () => {
    await expectPass(
      manifestWith({
        schema: `{ type: object, properties: { n: { type: integer, format: int64 }, page: { type: [string, "null"], format: uri } } }`,
      }),
    );
  });

  it('finds a format that destinations do not know', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { n: { type: integer, format: epoch }, t: { type: string, format: date, airbyte_type: timestamp_with_timezone } } }`,
      }),
      [
        { message: /"n" of stream "items" is described as integer, format epoch/, at: 'integer' },
        { message: /"t"/ },
      ],
    );
  });

  it('finds a keyword of another type', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { tags: { type: string, items: { type: string } }, of: { type: string, properties: {} } } }`,
      }),
      [
        {
          message:
            '"tags" of stream "items" has "items", which only an array has, and is of the type string.',
          at: 'string',
        },
        {
          message:
            '"of" of stream "items" has "properties", which only an object has, and is of the type string.',
        },
      ],
    );
  });

  it('finds a moment that is no moment', async () => {
    await expectViolations(
      manifestWith({ schema: `{ type: object, properties: { paid_at: { type: boolean } } }` }),
      [
        {
          message: '"paid_at" of stream "items" is a moment by its name, and of the type boolean.',
          at: 'boolean',
        },
      ],
    );
  });

  it('finds the format of a text at what is none, in lists too', async () => {
    const schema =
      '{ type: object, properties: { day: { type: [boolean, "null"], format: date }, parts: { type: array, items: { type: object, properties: { page: { type: integer, format: uri } } } } } }';
    const only = (type: string, format: string) =>
      `has the format "${format}", which only a text has, and is of the type ${type}.`;
    await expectViolations(manifestWith({ schema }), [
      { message: `"day" of stream "items" ${only('boolean', 'date')}`, at: 'boolean' },
      { message: `"parts.[].page" of stream "items" ${only('integer', 'uri')}`, at: 'integer' },
    ]);
  });

  it('finds a format that is nearly one, in lists too', async () => {
    const schema =
      '{ type: object, properties: { parts: { type: array, items: { type: object, properties: { sent: { type: string, format: datetime } } } } } }';
    await expectViolations(manifestWith({ schema }), [
      {
        message:
          '"parts.[].sent" of stream "items" has the format "datetime", which nobody knows: JSON schema calls it "date-time".',
        at: 'datetime',
      },
    ]);
  });

  it('finds a pattern of what is no text', async () => {
    await expectViolations(itemsWith({ schema: 'id: { type: object, pattern: "a+" }' }), [
      {
        message: /"id" of stream "items" has "pattern", which only a string has, and is of the type object/,
        at: 'object',
      },
    ]);
  });
});
