import { partitionsSent } from '../../../../engine/conformance/checks/partitions-sent.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations, run } = harness(partitionsSent);

const split = (path: string) =>
  itemsWith({ path }).replace(
    '      paginator:',
    `      partition_router: { type: ListPartitionRouter, values: [a, b], cursor_field: shop }
      paginator:`,
  );

describe('partitions-sent', () => {
  it('passes for requests that say which partition is meant', async () => {
    await expectPass(split('/shops/{{ stream_partition.shop }}/items'));
    await expectPass(split('/items?shop={{ stream_partition.shop }}'));
  });

  it('asks nothing where a config may say what is asked for instead', async () => {
    const { verdict } = await run(
      split("/shops/{{ config['start_date'] or stream_partition['shop'] }}/items"),
    );
    expect(verdict).toBe('nothing');
  });

  it('finds requests that do not', async () => {
    await expectViolations(split('/items'), [
      {
        message:
          'Stream "items" asks for the partitions {"shop":"a"} and {"shop":"b"} by the same request: nothing in it says which one is meant.',
        at: '"https://api.test/items"',
      },
    ]);
  });

  it('looks at the first page, which may have a number of its own', async () => {
    const paged = split('/items').replace(
      'type: NoPagination',
      `type: DefaultPaginator
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
        pagination_strategy: { type: PageIncrement, page_size: 5, inject_on_first_request: true }`,
    );
    await expectViolations(paged, [
      { message: /by the same request: nothing in it says which one is meant/ },
    ]);
  });
});
