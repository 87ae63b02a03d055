import { partitionOptions } from '../../../../engine/conformance/checks/partition-options.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(partitionOptions);

const sent = (where: string, name = 'team', method = 'GET') =>
  itemsWith({ requester: `http_method: ${method}` }).replace(
    '    retriever:\n',
    `    retriever:
      partition_router:
        type: ListPartitionRouter
        cursor_field: team
        values: [a, b]
        request_option: { type: RequestOption, field_name: ${name}, inject_into: ${where} }
`,
  );

describe('partition-options', () => {
  it('passes where APIs look for it', async () => {
    await expectPass(sent('request_parameter'));
    await expectPass(sent('body_json', 'team', 'POST'));
    await expectPass(sent('header', 'X-Team-Id'));
    await expectPass(itemsWith({ incremental: byDay }));
    await expectNothing(itemsWith());
  });

  const combined = (one: string, other: string) =>
    itemsWith().replace(
      '    retriever:\n',
      `    retriever:
      partition_router:
        - { type: ListPartitionRouter, cursor_field: ${one}, values: [a, b] }
        - { type: ListPartitionRouter, cursor_field: ${other}, values: [c, d] }
`,
    );

  it('finds two partitions with one name', async () => {
    await expectPass(combined('team', 'shop'));
    await expectViolations(combined('team', 'team'), [
      {
        message:
          'Two partitions of stream "items" are called "team", and it is read for each combination of both: only one of them can be asked for by that name, and again for each of the other.',
        at: 'team, values: [c',
        stream: 'items',
      },
    ]);
  });

  it.each([
    [
      sent('header'),
      '"team" of stream "items" is sent in a header, where hardly any API looks for it: every request then asks for the same.',
      'header',
    ],
    [
      sent('body_json'),
      '"team" of stream "items" is sent in the body of a GET request, where hardly any API looks for it: every request then asks for the same.',
      'body_json',
    ],
    [
      itemsWith({ incremental: byDay.replace('request_parameter', 'header') }),
      /^"from" of stream "items" is sent in a header/,
      'header',
    ],
  ])('finds another place', async (yaml, message, at) => {
    await expectViolations(yaml, [{ message, at, stream: 'items' }]);
  });
});
