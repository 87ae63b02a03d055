import { pageStart } from '../../../../engine/conformance/checks/page-start.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pageStart);

const counted = (fields: string) =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
pagination_strategy: { type: PageIncrement, page_size: 10${fields} }`,
  });

describe('page-start', () => {
  it('passes where the manifest says which number the first page has', async () => {
    await expectPass(counted(', start_from_page: 1'));
    await expectPass(counted(', start_from_page: 0'));
    await expectPass(counted(', inject_on_first_request: true'));
  });

  it('notes a first page without a number before page 1, since many an API counts from 0', async () => {
    await expectViolations(counted(''), [
      {
        message:
          /asks for its first page without a number, and for the second as page 1: an API that counts from 1/,
        stream: 'items',
        severity: 'note',
      },
    ]);
  });

  it('finds one beside another that begins with page 1', async () => {
    const two = (fields: string) =>
      counted(', start_from_page: 1').replace(
        / {2}- type: DeclarativeStream[\s\S]*?(?=spec:)/,
        (stream) =>
          stream + stream.replace('name: items', 'name: others').replace(', start_from_page: 1', fields),
      );
    await expectPass(two(', start_from_page: 0'));
    await expectViolations(two(''), [
      {
        message: /another begins with page 1, and an API that counts so sends the first page twice/,
        stream: 'others',
        severity: 'warning',
      },
    ]);
  });
});
