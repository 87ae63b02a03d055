import { fieldTypes } from '../../../engine/conformance/checks/field-types.ts';
import { harness } from './harness.ts';
import { schemaStreams, typed } from './schema-streams.ts';

const { expectPass, expectViolations } = harness(fieldTypes);

/** A stream for each list of the fields of its author. */
const authors = (...fields: readonly string[]) =>
  schemaStreams(fields.map((each) => `author: { type: object, properties: { ${typed(each)} } }`));

const author = 'nick:string rank:number mood:string';

describe('objects that are alike', () => {
  it('finds the field that is of another kind in one of three', async () => {
    await expectViolations(
      authors(`${author} flavour:string`, `${author} flavour:string`, `${author} flavour:integer`),
      [
        {
          message:
            '"author.flavour" of stream "s2" is a number, and in all 2 others, as "author.flavour" of stream "s0", a text: the other fields of these objects are alike.',
          at: 'integer',
          stream: 's2',
        },
      ],
    );
  });

  it('names both of two that are alike in all but one of many', async () => {
    const more = `${author} shape:string smell:array taste:array`;
    await expectViolations(authors(`${more} flavour:string`, `${more} flavour:object`), [
      { message: /^"author.flavour" of stream "s0" is a text, and in .* it is an object: .* both objects/ },
      { message: /^"author.flavour" of stream "s1" is an object/, at: 'object' },
    ]);
  });

  it('passes for objects that are alike in less', async () => {
    await expectPass(authors(`${author} flavour:string`, `${author} flavour:integer`));
    await expectPass(
      authors('nick:string flavour:string', 'nick:string flavour:string', 'nick:string flavour:integer'),
    );
    const other = 'a:string b:string c:string d:string e:string';
    await expectPass(
      authors(`${author} flavour:string`, `${author} flavour:string`, `${author} flavour:integer ${other}`),
    );
    // Where others differ among each other, nobody knows what is meant.
    await expectPass(
      authors(`${author} flavour:string`, `${author} flavour:array`, `${author} flavour:integer`),
    );
    const more = `${author} shape:string smell:array taste:array`;
    await expectPass(authors(`${more} id:string`, `${more} id:integer`));
  });
});
