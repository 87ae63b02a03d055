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

  it('finds a field of a record that the schema has in another case', async () => {
    await expectViolations(added('record.updatedAt', 'record.name'), [
      {
        message:
          '"updatedAt" of a record is read here, and the schema of stream "items" has "updated_at": one of them is another name to an API.',
        at: 'record.updatedAt',
      },
    ]);
    await expectPass(added('record.updatedAt').replace('id: { type: integer }', 'updatedAt: {}'));
  });

  it('lets a field be given the value of one in another case, but not of a name whose case is lost', async () => {
    const renamed = (from: string) =>
      itemsWith({
        stream: `transformations: [{ type: AddFields, fields: [{ path: [source-id], value: "{{ record.${from} }}" }] }]`,
        schema: 'id: { type: integer }\nsource-id: { type: string }',
      });
    await expectPass(renamed('sourceId'));
    await expectPass(renamed('source_id'));
    await expectViolations(renamed('sourceid'), [{ message: /^"sourceid" of a record is read here/ }]);
  });

  it('finds another case than that of a definition which no stream uses', async () => {
    const unused = (stop: string, other: string) =>
      `${pages(stop, 'response.items[-1].id')}\ndefinitions:\n  old: { type: CursorPagination, cursor_value: a, stop_condition: "{{ ${other} }}" }\n`;
    await expectPass(unused('not response.has_more', 'not response.has_more'));
    await expectPass(unused('not response.has_more', 'not response.more'));
    for (const name of ['hasmore', 'hasMore', 'has__more'])
      await expectViolations(unused(`not response.${name}`, "not response['has_more']"), [
        {
          message: `"${name}" of the answer is read here, and a definition that no stream uses reads "has_more": one of them is another name to an API.`,
          at: 'response',
        },
      ]);
  });

  it('finds what an answer says of its pages as one word, where no name of records is one', async () => {
    const named = (name: string, fields: readonly string[]) =>
      pages(`not response.${name}`, 'response.items[-1].id').replace(
        /( +)properties:\n(?! +(?:token|start_date))/,
        (properties, indent: string) =>
          `${properties}${fields.map((field) => `${indent}  ${field}: { type: string }\n`).join('')}`,
      );
    const snake = ['created_at', 'closed_at', 'first_name', 'last_name', 'team_id'];
    const camel = ['createdAt', 'closedAt', 'firstName', 'lastName', 'teamId'];
    await expectPass(named('has_more', snake));
    await expectPass(named('hasMore', snake));
    await expectPass(named('hasmore', []));
    await expectPass(named('hasmore', [...snake, 'hasmore']));
    for (const fields of [snake, camel])
      for (const name of ['hasmore', 'nextpage', 'endcursor'])
        await expectViolations(named(name, fields), [
          {
            message: new RegExp(
              `^"${name}" of the answer is read as one word, and names of records are such as`,
            ),
            at: 'response',
          },
        ]);
  });
});
