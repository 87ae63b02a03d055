import { partitionsSent } from '../../../../engine/conformance/checks/partitions-sent.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(partitionsSent);

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

  it('finds requests that do not', async () => {
    await expectViolations(split('/items'), [
      {
        message:
          'Stream "items" asks for the partitions {"shop":"a"} and {"shop":"b"} by the same request: nothing in it says which one is meant.',
        at: '"https://api.test/items"',
      },
    ]);
  });
});
