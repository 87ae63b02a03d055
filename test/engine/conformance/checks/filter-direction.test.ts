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
    "record.kind == 'item'",
    "record.kind not in ['other', 'draft']",
    "record.kind != 'item' or record.is_public",
    'record.bounce_rate is not none',
    'record.updated_at is defined',
    // Made earlier, and changed since.
    'record.created_at < stream_interval.start_time and record.updated_at >= stream_interval.start_time',
    // Complete days alone, and what has not come yet.
    'record.updated_at < day_delta(-1)',
    'record.expires_at < config.start_date',
    'record.amount < config.min_amount',
    'record.updated_at >= (stream_state or stream_slice).prior_state.updated_at',
    // What was never closed, or is at the top.
    'record.closed_at is none',
    'record.parent_id is none',
    // All or none of a partition.
    "stream_partition.kind == 'shop'",
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
    [
      "record.updated_at | int < format_datetime(config.get('start_date', '2006-06-01T00:00:00Z'), '%ms') | int",
      'keeps what came before "start_date" of the config, and leaves out what is new',
    ],
    [
      "not record.updated_at or record.updated_at <= stream_state.get('updated_at', '')",
      'keeps what came before the state, and leaves out what is new',
    ],
    [
      "record.kind == 'item' and record['updated_at'] < stream_interval['start_time']",
      'keeps what came before the start of the window, and leaves out what is new',
    ],
    [
      "record.updated_at < day_delta(-30, format='%Y-%m-%d')",
      'keeps what came before 30 days ago, and leaves out what is new',
    ],
    [
      'record.updated_at < stream_partition.start_time if config.new else true',
      'keeps what came before the start of the window, and leaves out what is new',
    ],
    [
      'record.updated_at > config.end_date',
      'keeps what comes after "end_date" of the config, and leaves out what came before',
    ],
    ["record['status'] == 'deleted'", 'keeps nothing but what is deleted'],
    ['record.is_archived', 'keeps nothing but what is archived'],
    ['record.archived is true', 'keeps nothing but what is archived'],
    ['record.id is none', 'keeps records without an id alone'],
    ["record['kind'] != 'item'", 'leaves out what is item, and the stream is called "items"'],
    ["not record.kind == 'item'", 'leaves out what is item, and the stream is called "items"'],
    [
      "record['kind'] not in ['item'] and record.id",
      'leaves out what is item, and the stream is called "items"',
    ],
    ["not (record.kind == 'item')", 'leaves out what is item, and the stream is called "items"'],
    ['record.bounce_rate is none', 'keeps records without "bounce_rate" alone'],
    ['not (record.bounce_rate is not none)', 'keeps records without "bounce_rate" alone'],
    ['record.updated_at is none', 'keeps records without "updated_at" alone'],
    ['config.all', 'reads nothing of the record, so it keeps all records or none'],
  ])('finds that %s %s', async (condition, what) => {
    await expectViolations(filtered(condition), [{ message: `This filter ${what}.`, at: '"{{' }]);
  });

  it.each([
    "record['total_row_count'] < 0",
    'record.items | length < 0',
    'record.page_count <= -1 and record.kind',
    "record.status == 'open' and record.status == 'closed'",
  ])('finds that nothing passes %s', async (condition) => {
    await expectViolations(filtered(condition), [{ message: /so no record passes\.$/ }]);
  });

  it.each([
    "record['total_row_count'] > 0",
    'record.change < 0',
    "record.status == 'open' or record.status == 'closed'",
  ])('passes for %s, too', async (condition) => {
    await expectPass(filtered(condition));
  });

  it('finds what leaves out that after which the stream is called', async () => {
    const jobs = (name: string, condition: string) => filtered(condition).replaceAll('items', name);
    await expectPass(jobs('successful_jobs', "record.size > 0 and record.status == 'finished'"));
    await expectPass(jobs('successful_jobs', "record.status != 'failed'"));
    await expectPass(jobs('jobs', "record.status != 'finished'"));
    await expectPass(jobs('open_tickets', "record.status != 'open' or record.size > 0"));
    await expectViolations(jobs('successful_jobs', "record.size > 0 and record.status != 'finished'"), [
      {
        message: 'This filter leaves out what is finished, and the stream is called "successful_jobs".',
      },
    ]);
    await expectViolations(jobs('open_tickets', "record.status == 'closed'"), [
      {
        message: 'This filter keeps what is closed, and the stream is called "open_tickets".',
      },
    ]);
  });

  it('finds another moment than that of the cursor', async () => {
    await expectViolations(filtered('record.created_at > stream_interval.start_time'), [
      {
        message: 'This filter compares "created_at" with the window, and the cursor is "updated_at".',
      },
    ]);
  });

  describe('a list of the config', () => {
    const listed = (condition: string, description: string, name = 'survey_ids') =>
      itemsWith({
        selector: `record_filter: { type: RecordFilter, condition: "{{ ${condition} }}" }`,
        spec: `token: { type: string, airbyte_secret: true }
${name}: { type: array, items: { type: string }, description: "${description}" }`,
      });
    const toRead = 'Surveys to replicate. If not given, all are.';

    it.each([
      "record['id'] not in config['survey_ids']",
      "record['id'] not in config['survey_ids'] if config['survey_ids'] else true",
      'not (record.id in config.survey_ids)',
      "not config.get('survey_ids') or record.id not in config.survey_ids",
    ])('is not what %s may leave out', async (condition) => {
      await expectViolations(listed(condition, toRead), [
        {
          message:
            'This filter leaves out what "survey_ids" of the config lists, and the spec says that this is what to read: was its opposite meant?',
          at: 'record',
          stream: 'items',
        },
      ]);
    });

    it('is kept, or is said to be what to leave out, or nobody says what it is for', async () => {
      const condition = 'record.id not in config.survey_ids';
      await expectPass(listed('record.id in config.survey_ids', toRead));
      await expectPass(listed('not (record.id not in config.survey_ids)', toRead));
      await expectPass(listed(condition, 'Surveys not to replicate'));
      await expectPass(listed(condition, 'Surveys to skip, all others are replicated'));
      await expectPass(listed(condition, 'Surveys of our own'));
      await expectPass(
        listed(condition.replace('survey_ids', 'ignored_ids'), 'What to not replicate', 'ignored_ids'),
      );
    });
  });

  it('finds what keeps records without what their fields are made of', async () => {
    const flattened = (condition: string) =>
      itemsWith({
        selector: `record_filter: { type: RecordFilter, condition: "{{ ${condition} }}" }`,
        stream: `transformations:
  - { type: DpathFlattenFields, field_path: [fields], delete_origin_value: true }
  - { type: AddFields, fields: [{ path: [label], value: "{{ record.about.label }}" }] }`,
      });
    for (const condition of ['record.fields | length > 0', 'record.fields', 'record.errors | length == 0'])
      await expectPass(flattened(condition));
    for (const condition of [
      "record['fields'] | length == 0",
      'record.fields | length < 1 and record.id',
      'not record.fields',
      "not (record.get('fields') | length > 0)",
    ])
      await expectViolations(flattened(condition), [
        {
          message:
            'This filter keeps only records whose "fields" is empty, out of which a transformation makes their fields.',
          at: '"{{',
        },
      ]);
    await expectViolations(flattened('record.about is none'), [{ message: /^This filter keeps only/ }]);
  });

  describe('by $parameters', () => {
    const given = (condition: string, cursor = 'updated_at') =>
      filtered(condition)
        .replace(/cursor_field: updated_at/, `cursor_field: "{{ parameters['by'] }}"`)
        .replace('name: items', `name: items\n    $parameters: { by: ${cursor} }`);

    it.each([
      "record[parameters['by']] >= stream_interval.get('start_time', config.get('start_date'))",
      "record[parameters.by] <= stream_interval['end_time']",
      "record[parameters['of_others']] <= stream_interval['start_time']",
    ])('passes for %s', async (condition) => {
      await expectPass(given(condition));
    });

    it.each([
      "record[parameters['by']] <= stream_interval.get('start_time', config.get('start_date'))",
      'stream_slice.start_time > record[parameters.by]',
      "record.get(parameters['by']) < stream_interval['start_time']",
      "record[parameters.get('by', 'created_at')] < stream_interval['start_time']",
      "record[parameters.get('none', 'updated_at')] < stream_interval['start_time']",
    ])('finds what keeps what is old: %s', async (condition) => {
      await expectViolations(given(condition), [
        {
          message: 'This filter keeps what came before the start of the window, and leaves out what is new.',
        },
      ]);
    });

    it('finds another moment than that of the cursor', async () => {
      const condition = "record['created_at'] >= stream_interval['start_time']";
      await expectPass(given(condition, 'created_at'));
      await expectViolations(given(condition), [
        { message: 'This filter compares "created_at" with the window, and the cursor is "updated_at".' },
      ]);
    });
  });
});
