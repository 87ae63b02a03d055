import { optionKinds } from '../../../../engine/conformance/checks/option-kinds.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(optionKinds);

const paged = (value: string, option: string) =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: ${option} }
pagination_strategy: { type: CursorPagination, cursor_value: "{{ ${value} }}" }`,
  });

const from = (option: string, cursor = 'updated_at') =>
  itemsWith({
    incremental: byDay
      .replace('field_name: from', `field_name: "${option}"`)
      .replace('cursor_field: updated_at', `cursor_field: ${cursor}`),
  });

const counting = (option: string) =>
  itemsWith({
    incremental: `type: IncrementingCountCursor
cursor_field: id
start_value: 0
start_value_option: { type: RequestOption, inject_into: request_parameter, field_name: ${option} }`,
  });

describe('option-kinds', () => {
  it.each([
    ["last_record['id'] + 1", 'since_id'],
    ["last_record['id']", 'starting_after'],
    ['response.end_time', 'start_time'],
    ['response.next_cursor', 'start_time'],
    ['response.data[-1].uuid', 'cursor'],
  ])('passes for %s as %s', async (value, option) => {
    await expectPass(paged(value, option));
  });

  it.each([
    ["last_record['id'] + 1", 'start_time'],
    ['last_record.uuid', 'created_after'],
    ["response['data'][-1]['item_id']", 'endDate'],
  ])('finds an id, %s, as %s', async (value, option) => {
    await expectViolations(paged(value, option), [
      {
        message: new RegExp(`is an id, and "${option}", under which it is sent, is the name of a moment`),
        at: option,
      },
    ]);
  });

  it.each([
    ["last_record['created_at']", 'since_id'],
    ['response.meta.end_time', 'after_id'],
    ['last_record.updatedOn', 'max_id'],
  ])('finds a moment, %s, as %s', async (value, option) => {
    await expectViolations(paged(value, option), [
      { message: new RegExp(`is a moment, and "${option}", under which it is sent, is the name of an id`) },
    ]);
  });

  it('says nothing of what is made of two values', async () => {
    await expectNothing(paged('response.id ~ response.offset', 'end_date'));
  });

  it('compares the start of a cursor with its name', async () => {
    await expectPass(from('updated_since'));
    await expectPass(from('since_id', 'id'));
    await expectPass(from("{{ parameters['start'] }}_id"));
    await expectViolations(from('since_id'), [
      {
        message:
          'The cursor, "updated_at", is a moment, and "since_id", under which it is sent, is the name of an id.',
        at: '"since_id"',
      },
    ]);
    await expectPass(counting('since_id'));
    await expectViolations(counting('start_time'), [
      { message: /^The cursor, "id", is an id, and "start_time"/ },
    ]);
  });
});
