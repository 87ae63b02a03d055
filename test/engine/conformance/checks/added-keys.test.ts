import { addedKeys } from '../../../../engine/conformance/checks/added-keys.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(addedKeys);

const keyed = (key: string, target: string, value: string, paginator?: string) =>
  itemsWith({
    stream: `transformations: [{ type: AddFields, fields: [{ path: [${target}], value: "{{ ${value} }}" }] }]`,
    ...(paginator !== undefined && { paginator }),
  }).replace('primary_key: id', `primary_key: ${key}`);

const pages = `type: DefaultPaginator
page_token_option: { type: RequestPath }
pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}" }`;

describe('added-keys', () => {
  it('passes where a partition goes into the field of its name', async () => {
    await expectPass(keyed('[id, board_id]', 'board_id', 'stream_slice.board_id'));
    await expectPass(keyed('[id]', 'id', 'record.data.id'));
    // An item has an "id" of its own.
    await expectPass(keyed('[id, board_id]', 'board_id', 'stream_slice.id'));
    await expectPass(keyed('[id]', 'id', 'stream_partition.id'));
  });

  it('finds a partition that is written over another part of the key', async () => {
    await expectViolations(keyed('[id, board_id]', 'id', 'stream_slice.board_id'), [
      {
        message:
          '"id", a part of the primary key of stream "items", is overwritten with "board_id" of the partition, and "board_id" of the records is given nothing: was it to go there?',
        at: 'id',
        stream: 'items',
      },
    ]);
  });

  it('finds one key for all records of a partition', async () => {
    await expectViolations(keyed('[id]', 'id', 'stream_partition.id', pages), [
      { message: /^All records of a partition of stream "items" are given the same primary key, "id"/ },
    ]);
    const hook = '{ type: CustomRecordExtractor, class_name: shop.Merged }';
    await expectPass(
      keyed('[id]', 'id', 'stream_partition.id', pages).replace(/extractor: .*/, `extractor: ${hook}`),
    );
  });

  it('passes for a partition that is one object, which a paginator looks into', async () => {
    const one = (paginator: string) =>
      keyed('[id]', 'id', 'stream_partition.id', paginator).replace('field_path: [data]', 'field_path: []');
    await expectPass(one(pages));
    await expectViolations(
      one('type: DefaultPaginator\npagination_strategy: { type: PageIncrement, page_size: 9 }'),
      [{ message: /^All records of a partition/ }],
    );
  });
});
