import { cursorNames } from '../../../../engine/conformance/checks/cursor-names.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(cursorNames);

const daily = (updated: string, from = '', to = '') =>
  itemsWith({
    incremental: byDay.replace(from, to),
    schema: `id: { type: integer }\nupdated_at: { ${updated} }`,
  });

describe('cursor-names', () => {
  it('finds what is sent otherwise than records have it, where the name of the parameter says no such thing', async () => {
    const sent = (format: string, name: string) =>
      daily(
        'type: string',
        'datetime_format: "%Y-%m-%d"',
        `datetime_format: "${format}"\ncursor_datetime_formats: ["%Y-%m-%dT%H:%M:%SZ"]`,
      )
        .replaceAll('P1D', 'PT1S')
        .replace('field_name: from', `field_name: ${name}`)
        .replace('field_name: to', 'field_name: until');
    await expectViolations(sent('%ms', 'start_date'), [
      {
        message:
          /writes a number, %ms, under "start_date" and "until", and its records have %Y-%m-%dT%H:%M:%SZ/,
        at: '"%ms"',
      },
    ]);
    await expectViolations(sent('%Y-%m-%d', 'updated_at').replaceAll('PT1S', 'P1D'), [
      { message: /writes a day, %Y-%m-%d, under "updated_at"/ },
    ]);
    await expectViolations(sent('%m/%d/%YT%H:%M:%S', 'from'), [
      { message: /writes moments the other way round, %m\/%d\/%YT%H:%M:%S, under "from"/ },
    ]);
    // What goes into a path or a body by a template has no name.
    await expectViolations(
      sent('%m/%d/%YT%H:%M:%S', 'from').replace(/ +(?:start|end)_time_option.*\n/g, ''),
      [
        {
          message:
            'Stream "items" writes moments the other way round, %m/%d/%YT%H:%M:%S, and its records have %Y-%m-%dT%H:%M:%SZ: are both what the API says?',
        },
      ],
    );
    // Whoever writes the start in the same way has looked it up.
    await expectPass(
      sent('%ms', 'start_date').replace(
        `"{{ config['start_date'] }}"`,
        `"{{ format_datetime(config['start_date'], '%ms') }}"`,
      ),
    );
    // Strava takes seconds after which something began, and other APIs take days.
    await expectPass(sent('%s', 'after'));
    await expectPass(sent('%s', 'start_time'));
    await expectViolations(sent('%s', 'updated_at'), [
      { message: /writes a number, %s, under "updated_at"/ },
    ]);
    await expectPass(sent('%Y-%m-%d', 'start_date').replaceAll('PT1S', 'P1D'));
  });
});
