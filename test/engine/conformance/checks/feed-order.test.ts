import { feedOrder } from '../../../../engine/conformance/checks/feed-order.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations, expectNothing } = harness(feedOrder);

const feed = (parameters: string, mark = 'is_data_feed: true') =>
  itemsWith({
    incremental: `${byDay.replace(/step.*\ncursor_gran.*\n/, '')}\n${mark}`,
    requester: `request_parameters: { ${parameters} }`,
  });

describe('feed-order', () => {
  it('passes for the newest first', async () => {
    await expectPass(feed('sort: "updated_at:desc"'));
    await expectPass(feed('sort: "-updated"'));
    await expectPass(feed('order_by: updated_at, direction: DESC'));
    await expectNothing(feed('sort: "updated_at:asc"', ''));
  });

  it('finds the oldest first', async () => {
    for (const parameters of [
      'sort: "updated_at:asc"',
      'orderBy: "updated_at ASC"',
      'sort_direction: ascending',
      'ascending: true',
      'order: oldest',
    ])
      await expectViolations(feed(parameters), [
        { message: /asks for the oldest records first, and "is_data_feed" ends stream "items"/ },
      ]);
    await expectViolations(
      itemsWith({
        path: '/items?sort=updated_at&order=asc',
        incremental: `${byDay.replace(/step.*\ncursor_gran.*\n/, '')}\nis_data_feed: true`,
      }),
      [{ message: /^"order" asks for the oldest/ }],
    );
  });

  it('reads orders and cursors as parameters make them', async () => {
    const given = (cursor: string, sort = 'created_at:desc') =>
      feed(`sort: "${sort}"`)
        .replace('cursor_field: updated_at', `cursor_field: "{{ parameters.get('by', 'updated_at') }}"`)
        .replace('    name: items', `    $parameters: { ${cursor} }\n    name: items`);
    await expectPass(given('by: created_at'));
    await expectPass(given('sort: "updated_at:desc"', "{{ parameters['sort'] }}"));
    await expectViolations(given('other: 1'), [{ message: /is older by "updated_at"/ }]);
    await expectViolations(given('sort: "updated_at:asc"', "{{ parameters['sort'] }}"), [
      { message: /asks for the oldest records first/ },
    ]);
    await expectPass(given('other: 1', "{{ config['sort'] }}:asc"));
  });

  it('finds the order of another moment', async () => {
    await expectViolations(feed('sort: "created_at:desc"'), [
      {
        message:
          /in the order of "created_at", and "is_data_feed" ends stream "items" at the first page that is older by "updated_at"/,
        at: '"created_at:desc"',
      },
    ]);
  });
});
