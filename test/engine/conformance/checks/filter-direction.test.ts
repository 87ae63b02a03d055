import { filterDirection } from '../../../../engine/conformance/checks/filter-direction.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(filterDirection);

const filtered = (condition: string) =>
  itemsWith({
    selector: `record_filter: { type: RecordFilter, condition: "{{ ${condition} }}" }`,
    incremental: byDay,
  });

describe('filter-direction', () => {
  it.each([
    "record.updated_at >= stream_interval['start_time']",
    'stream_slice.start_time < record.updated_at',
    'record.updated_at < stream_interval.end_time',
    'not (record.updated_at < stream_interval.start_time)',
    "record['status'] != 'deleted'",
    'not record.is_deleted',
    'record.deleted is false',
    'record.kind == config.kind',
  ])('passes for %s', async (condition) => {
    await expectPass(filtered(condition));
  });

  it.each([
    [
      "record.updated_at < stream_interval['start_time']",
      'keeps what came before the start of the window, and leaves out what is new',
    ],
    [
      'stream_slice.start_time >= record.updated_at',
      'keeps what came before the start of the window, and leaves out what is new',
    ],
    [
      'not (record.updated_at >= stream_interval.start_time)',
      'keeps what came before the start of the window, and leaves out what is new',
    ],
    [
      'record.updated_at > stream_interval.end_time',
      'keeps what comes after the end of the window, and leaves out what is in it',
    ],
    ["record['status'] == 'deleted'", 'keeps nothing but what is deleted'],
    ['record.is_archived', 'keeps nothing but what is archived'],
    ['record.archived is true', 'keeps nothing but what is archived'],
    ['record.id is none', 'keeps records without an id alone'],
    ['config.all', 'reads nothing of the record, so it keeps all records or none'],
  ])('finds that %s %s', async (condition, what) => {
    await expectViolations(filtered(condition), [{ message: `This filter ${what}.`, at: '"{{' }]);
  });
});
