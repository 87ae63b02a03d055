import { fieldTypes } from '../../../engine/conformance/checks/field-types.ts';
import { harness } from './harness.ts';
import { schemaStreams, typed } from './schema-streams.ts';

const { expectPass, expectViolations } = harness(fieldTypes);

/** A stream for each list of fields. */
const streams = (...fields: readonly string[]) => schemaStreams(fields.map(typed));

describe('amounts that are integers', () => {
  it.each<[name: string, streams: readonly string[]]>([
    ['CurrentBalance', ['CurrentBalance:integer CurrentBalanceWithParts:number']],
    ['shipping_cost', ['shipping_cost:integer total_cost:number']],
    ['Balance', ['Balance:integer TotalAmt:number HomeTotalAmt:number']],
    ['unit_price', ['unit_price:number', 'unit_price:number', 'unit_price:integer']],
    ['taxPercent', ['taxPercent:number', 'taxPercent:number', 'taxPercent:integer']],
    ['latitude', ['latitude:integer name:string']],
  ])('finds %s among %j', async (name, each) => {
    await expectViolations(streams(...each), [
      {
        message: new RegExp(
          `^"${name}" of stream ".*" is an integer, and .*: what is behind the point is lost`,
        ),
      },
    ]);
  });

  it.each<[what: string, streams: readonly string[]]>([
    ['all are integers', ['balance:integer total_balance:integer']],
    ['it is counted in the smallest unit', ['amount_cents:integer amount:number price:number']],
    ['it says how many', ['fee_count:integer fee:number price:number']],
    ['it is an id', ['price_id:integer price:number cost:number']],
    ['nothing else is money', ['price:integer weight:number height:number']],
    ['others of the name are integers, too', ['tax:integer', 'tax:integer', 'tax:number', 'tax:number']],
    ['it is one of two that may be in two units', ['price:integer', 'price:number']],
    ['it has no parts', ['orders_total:integer', 'orders:number']],
  ])('passes where %s', async (_, each) => {
    await expectPass(streams(...each));
  });
});
