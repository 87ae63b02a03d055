import { nameForms } from '../../../../engine/conformance/checks/name-forms.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(nameForms);

const pages = (stop: string, value: string) =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
pagination_strategy: { type: CursorPagination, stop_condition: "{{ ${stop} }}", cursor_value: "{{ ${value} }}" }`,
  });

const added = (...values: readonly string[]) =>
  itemsWith({
    stream: `    transformations:
      - type: AddFields
        fields:
${values.map((value, index) => `          - { path: [f${index}], value: "{{ ${value} }}" }`).join('\n')}
      - { type: RemoveFields, field_pointers: [[balances]] }`.replaceAll(/^ {4}/gm, ''),
  });

describe('name-forms', () => {
  it('passes where a name is written in one way', async () => {
    await expectPass(pages('not response.nextPage', 'response.nextPage'));
    await expectPass(pages('not response.meta.next', 'response.next'));
    await expectPass(added('record.balances.a', 'record.balances.b', 'record.name'));
  });

  it('finds another case', async () => {
    await expectViolations(pages('not response.nextPage', "response['nextpage']"), [
      { message: /^"\w+" of the answer is read here, and elsewhere "\w+"/ },
    ]);
  });

  it('finds one of a record that elsewhere is several', async () => {
    await expectViolations(added('record.balances.a', 'record.balance.b'), [
      {
        message:
          '"balance" of a record of stream "items" is read here alone, and 2 times "balances": was that meant?',
        at: 'record.balance',
      },
    ]);
  });

  it('lets a field be that the schema has', async () => {
    await expectPass(
      added('record.balances.a', 'record.balance.b').replace(
        'id: { type: integer }',
        'balance: { type: object }',
      ),
    );
  });
});
