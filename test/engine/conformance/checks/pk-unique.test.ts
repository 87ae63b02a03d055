import { pkUnique } from '../../../../engine/conformance/checks/pk-unique.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pkUnique);

describe('pk-unique', () => {
  it('passes for an id', async () => {
    await expectPass(itemsWith());
  });

  it('passes for a key that counts', async () => {
    const byNumber = 'type: IncrementingCountCursor\ncursor_field: id\nstart_value: 0';
    await expectPass(itemsWith({ incremental: byNumber }));
  });

  it('passes for the key of a partition that may be one record, and finds that of several', async () => {
    const each = (paginator: string) =>
      itemsWith({
        paginator,
        path: '/boards/{{ stream_partition.board }}',
        stream:
          'transformations: [{ type: AddFields, fields: [{ path: [id], value: "{{ stream_partition.board }}" }] }]',
      }).replace(
        '      paginator:',
        '      partition_router: { type: ListPartitionRouter, cursor_field: board, values: [a, b] }\n      paginator:',
      );
    await expectPass(each('type: NoPagination'));
    await expectViolations(
      each(`type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
pagination_strategy: { type: PageIncrement, page_size: 9 }`),
      [{ message: /^Two different records of stream "items" have the primary key \["[ab]"\]/ }],
    );
  });

  it('finds a key of a few values', async () => {
    await expectViolations(
      itemsWith({ schema: 'status: { type: string }\nname: { type: string }' }).replace(
        'primary_key: id',
        'primary_key: status',
      ),
      [
        {
          message: /^Two different records of stream "items" have the primary key \["status-\d"\]/,
          at: 'status',
        },
      ],
    );
  });

  it('passes for the day of a report that has one row a day', async () => {
    const report = itemsWith({
      incremental: byDay.replace('updated_at', 'date'),
      schema: 'date: { type: string, format: date }\nlength: { type: number }',
    });
    await expectPass(report.replace('primary_key: id', 'primary_key: date'));
  });

  it('finds a key that is made of the clock', async () => {
    const clock =
      'transformations: [{ type: AddFields, fields: [{ path: [uuid], value: "{{ now_utc() }}" }] }]';
    await expectViolations(itemsWith({ stream: clock }).replace('primary_key: id', 'primary_key: uuid'), [
      {
        message:
          /^The primary key of stream "items", "uuid", is the moment at which a record is read: each sync/,
        at: '"{{ now_utc() }}"',
      },
    ]);
  });

  it('finds a key that is a moment', async () => {
    await expectViolations(itemsWith().replace('primary_key: id', 'primary_key: updated_at'), [
      { message: /^The primary key of stream "items" is a moment, "updated_at"/, at: 'updated_at' },
    ]);
  });
});
