import { schemaWords } from '../../../../engine/conformance/checks/schema-words.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(schemaWords);

const described = (id: string, more = '') =>
  manifestWith({ schema: `{ type: object, ${more}properties: { id: { ${id} } } }` });

describe('schema-words', () => {
  it('passes for the words of JSON schema, and for those that say something else', async () => {
    await expectPass(described('type: string, format: date-time, airbyte_type: timestamp_without_timezone'));
    await expectPass(described('type: string, x-internal: true, source: api, desciption: of the API'));
  });

  it.each([
    ['tpye: string', 'tpye', 'type'],
    ['type: object, propertis: { a: { type: string } }', 'propertis', 'properties'],
    ['type: array, Items: { type: string }', 'Items', 'items'],
    ['type: string, airbyteType: big_integer', 'airbyteType', 'airbyte_type'],
    ['type: string, formats: date', 'formats', undefined],
    ['type: string, fromat: date', 'fromat', 'format'],
  ])('%s', async (id, word, meant) => {
    if (meant === undefined) return expectPass(described(id));
    await expectViolations(described(id), [
      {
        message: `"${word}" is no keyword of JSON schema, so it says nothing of "id" of stream "items": was "${meant}" meant?`,
        at: word,
        stream: 'items',
      },
    ]);
  });

  it('finds fields that stand where keywords do', async () => {
    const fields = 'name: { type: string }, age: { type: [integer, "null"] }';
    for (const type of ['', 'type: object, '])
      await expectViolations(described(`${type}${fields}`), [
        {
          message:
            '"name" and "age" are no keywords of JSON schema, so they say nothing: are they "properties" of "id" of stream "items"?',
          at: 'name',
        },
      ]);
    await expectPass(described(`type: object, properties: { ${fields} }`));
    await expectPass(described(`type: object, properties: { a: { type: string } }, ${fields}`));
    await expectPass(described('type: string, x-a: { type: a }, x-b: { type: b }'));
  });

  it('finds a word of the records as a whole', async () => {
    await expectViolations(described('type: string', 'addtionalProperties: true, '), [
      { message: /says nothing of the records of stream "items": was "additionalProperties" meant\?/ },
    ]);
  });
});
