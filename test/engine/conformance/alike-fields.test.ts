import { fieldTypes } from '../../../engine/conformance/checks/field-types.ts';
import { harness } from './harness.ts';
import { schemaStreams, typed } from './schema-streams.ts';

const { expectPass, expectViolations } = harness(fieldTypes);

/** A stream for each list of fields. */
const streams = (...fields: readonly string[]) => schemaStreams(fields.map(typed));

describe('fields that are called alike', () => {
  it.each<[what: string, name: string, type: string, streams: readonly string[]]>([
    [
      'a question is a number',
      'can_fly',
      'integer',
      ['is_old:boolean has_dog:boolean', 'can_fly:integer is_new:boolean'],
    ],
    [
      'a state is a text',
      'cat_hidden',
      'string',
      ['dog_deleted:boolean ox_locked:boolean cow_private:boolean', 'cat_hidden:string area_public:boolean'],
    ],
    [
      'a moment is a number',
      'bornDate',
      'integer',
      ['opened_at:string dueDate:string', 'seen_at:string bornDate:integer'],
    ],
    [
      'a moment is a text, where this one and those of the stream are seconds',
      'closed_at',
      'string',
      ['closed_at:integer day:string', 'closed_at:string opened_at:integer', 'begun_at:string'],
    ],
    [
      'an id is a text',
      'dog_id',
      'string',
      ['dog_id:integer', 'dog_id:integer', 'dog_id:integer cat_id:string', 'dog_id:string ox_id:integer'],
    ],
    [
      'an id is a number',
      'dog_id',
      'integer',
      ['dog_id:string', 'dog_id:string', 'dog_id:string cat_id:integer', 'dog_id:integer ox_id:string'],
    ],
    [
      'an amount is a text',
      'raw_price',
      'string',
      [
        'net_price:number old_price:number',
        'new_price:number raw_price:string dog_weight:number ox_weight:number',
      ],
    ],
    [
      'an amount is true or false',
      'dog_weight',
      'boolean',
      ['net_price:number old_price:number', 'new_price:number dog_weight:boolean'],
    ],
    [
      'a name is a number',
      'dog_name',
      'integer',
      ['dog_name:string cat_name:string', 'ox_name:string cow_name:string', 'dog_name:integer'],
    ],
    [
      'one of several is a text',
      'bid_max',
      'string',
      ['bid_max:string bid_min:number bid_mean:number name:string', 'name:string'],
    ],
    ['the id of a parent is a text', 'parent_id', 'string', ['id:integer parent_id:string']],
    ['one of several is a number', 'line_2', 'integer', ['line_1:string line_2:integer line_3:string']],
    [
      'a count is a text beside other amounts',
      'scored_count',
      'string',
      ['scored_count:string score:number average_score:number'],
    ],
    [
      'what is so only somewhere is a text',
      'host_only',
      'string',
      ['host_only:string http_only:boolean dog_deleted:boolean ox_locked:boolean cow_private:boolean'],
    ],
    ['a flag is a number elsewhere', 'late', 'integer', ['late:boolean', 'late:boolean', 'late:integer']],
  ])('finds that %s', async (_, name, type, given) => {
    await expectViolations(streams(...given), [{ message: new RegExp(`^"${name}" of stream `), at: type }]);
  });

  it('names the one other field that there is', async () => {
    await expectViolations(streams('id:integer parent_id:string'), [
      {
        message:
          /^"parent_id" of stream .* is a text, and the one other field of its object .* is a number\.$/,
      },
    ]);
  });

  it('passes for fields of several objects, for prices beside counts, and for names with numbers of their own', async () => {
    await expectPass(streams('bid_max:string', 'bid_min:number', 'bid_mean:number'));
    await expectPass(streams('unit_price:string score:number average_score:number'));
    await expectPass(streams('field_16947:string field_16948:number field_16949:number'));
  });

  it('passes for what others have in two ways, and for names that only begin like a question', async () => {
    await expectPass(streams('is_old:boolean has_dog:integer', 'can_fly:integer is_new:boolean'));
    await expectPass(streams('is_old:boolean has_dog:boolean', 'is_value:string use_count:integer'));
    await expectPass(streams('is_old:boolean has_dog:boolean dog_deleted:boolean', 'active:integer'));
    // An id alone, or one among others of its kind, is another thing in each stream.
    await expectPass(streams('id:string', 'id:string', 'id:string', 'id:integer dog_id:string'));
    await expectPass(
      streams('dog_id:integer', 'dog_id:integer', 'dog_id:integer', 'dog_id:string cat_id:string'),
    );
    await expectPass(
      streams('net_price:number old_price:number low_price:number', 'formatted_price:string a_price:number'),
    );
  });

  it('believes what an object or a verb says of a field more than its name', async () => {
    const nested = (more: string) =>
      schemaStreams([
        typed('opened_at:string dueDate:string'),
        `seen_at: { type: string }, plan: { type: object, properties: { ${typed(`bornDate:integer size:string${more}`)} } }`,
      ]);
    await expectPass(nested(' bornDateType:string'));
    await expectViolations(nested(' sizeType:string'), [
      { message: /^"plan.bornDate" of stream "s1" is a number, and all 3 other fields that are moments/ },
    ]);
    const amounts = (name: string) =>
      streams('dog_tax:number ox_tax:number', `cow_tax:number ${name}:boolean`);
    await expectPass(amounts('pays_tax'));
    await expectPass(amounts('outside_business_hours'));
    await expectViolations(amounts('cat_tax'), [{ message: /^"cat_tax" of stream "s1" is true or false/ }]);
  });
});
