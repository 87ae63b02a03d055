import { windowOptions } from '../../../../engine/conformance/checks/window-options.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(windowOptions);

describe('window-options', () => {
  it('passes for a start that is sent as one and an end that is sent as one', async () => {
    await expectPass(itemsWith({ incremental: byDay }));
    await expectPass(
      itemsWith({ incremental: byDay.replace('field_name: from', 'field_name: "filter[updatedAt][gte]"') }),
    );
  });

  it('finds a start and an end that are sent as each other', async () => {
    const incremental = byDay
      .replace('field_name: from', 'field_name: modifiedBefore')
      .replace('field_name: to', 'field_name: updated_since');
    await expectViolations(itemsWith({ incremental }), [
      {
        message: /sends the start of a window as "modifiedBefore", which reads like an end/,
        at: 'modifiedBefore',
      },
      {
        message: /sends the end of a window as "updated_since", which reads like a start/,
        at: 'updated_since',
      },
    ]);
  });

  it('lets a window of a day be asked for by its day alone', async () => {
    const asked = (step: string, from: string) =>
      itemsWith({
        incremental: byDay.replace(/.*_time_option.*\n?/g, '').replace('step: P10D', `step: ${step}`),
        requester: `request_parameters: { start_date: "{{ stream_interval.${from} }}", end_date: "{{ stream_interval.start_time }}" }`,
      });
    await expectPass(asked('P1D', 'start_time'));
    await expectViolations(asked('P10D', 'start_time'), [
      {
        message:
          '"end_date" of stream "items" is the start of a window, and its name reads like an end: "start_date" says the same, so of a window of P10D no more than its beginning is asked for.',
      },
    ]);
    await expectViolations(asked('P1D', 'start_time[:10]'), [
      { message: '"end_date" of stream "items" is the start of a window, and its name reads like an end.' },
    ]);
  });

  it('finds an end without a start', async () => {
    const incremental = byDay.replace(/start_time_option.*\n/, '');
    await expectViolations(itemsWith({ incremental }), [
      { message: /say where a window ends and not where it starts/ },
    ]);
    await expectPass(
      itemsWith({
        incremental,
        requester: `request_parameters: { since: "{{ stream_interval['start_time'] }}" }`,
      }),
    );
  });

  it('finds windows of which requests say only the start', async () => {
    const incremental = byDay.replace(/end_time_option.*/, '');
    await expectViolations(itemsWith({ incremental }), [
      {
        message: /its requests say only where one starts: each of them asks for everything that comes after/,
        at: 'P10D',
      },
    ]);
    await expectPass(itemsWith({ incremental: incremental.replace('step: P10D', 'step: P1D') }));
    await expectPass(
      itemsWith({
        incremental,
        requester: `request_parameters: { until: "{{ stream_interval['end_time'] }}" }`,
      }),
    );
  });

  it('finds a start that a requester writes under the name of an end', async () => {
    await expectViolations(
      itemsWith({
        incremental: byDay,
        requester: `request_parameters: { modified_before: "{{ stream_interval['start_time'] }}" }`,
      }),
      [
        {
          message:
            '"modified_before" of stream "items" is the start of a window, and its name reads like an end.',
          at: '"{{',
        },
      ],
    );
  });

  it('finds a template that says where a window ends, where nothing says where it starts', async () => {
    const incremental = byDay.replace(/(?:start|end)_time_option.*\n?/g, '');
    const asked = (field: string) =>
      itemsWith({
        incremental,
        requester: `request_parameters: { day: "{{ stream_interval['${field}'] }}" }`,
      });
    await expectPass(asked('start_time'));
    await expectViolations(asked('end_time'), [
      {
        message: /say where a window ends, and nothing in them says where it starts/,
        at: '"{{ stream_interval',
      },
    ]);
  });

  it('finds the other bound of a window in a field that records are given', async () => {
    const incremental = byDay.replace(/(?:start|end)_time_option.*\n?/g, '');
    const given = (name: string, field: string, requester = '') =>
      itemsWith({
        incremental: requester === '' ? byDay : incremental,
        requester,
        stream: `transformations: [{ type: AddFields, fields: [{ path: [${name}], value: "{{ stream_slice['${field}'] }}" }] }]`,
      });
    await expectPass(given('from', 'start_time'));
    await expectViolations(given('from', 'end_time'), [
      { message: /are given the end of their window as "from", which reads like a start/ },
    ]);
    await expectViolations(
      given('day', 'end_time', `request_parameters: { day: "{{ stream_interval['start_time'] }}" }`),
      [{ message: /are given the end of their window as "day", and requests say only where it starts/ }],
    );
  });
});
