import { pkInSchema } from '../../../engine/conformance/checks/pk-in-schema.ts';
import { recordsSchema } from '../../../engine/conformance/checks/records-schema.ts';
import { harness, itemsWith } from './harness.ts';

const twice = itemsWith({
  requester: 'request_parameters: { page: "1" }',
  paginator: `type: DefaultPaginator
pagination_strategy: { type: PageIncrement }
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page, field_path: [page] }`,
});

it('a stream with a mistake in its requests has a key and a schema that are looked at', async () => {
  await harness(pkInSchema).expectPass(twice);
  await harness(pkInSchema).expectViolations(twice.replace('primary_key: id', 'primary_key: ids'), [
    { message: /"ids"/, stream: 'items' },
  ]);
});

it('it is not read, and the mistake is the reason', async () => {
  const { violations, notRun } = await harness(recordsSchema).run(twice);
  expect(violations).toEqual([]);
  expect(notRun).toMatchObject([
    { stream: 'items', reason: expect.stringMatching(/"field_name" or a "field_path"/) },
  ]);
});
