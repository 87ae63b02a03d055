import { askedStates } from '../../../../engine/conformance/checks/asked-states.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(askedStates);

const asking = (stream: string, sent: string, properties = '') =>
  manifestWith({ schema: `{ type: object, properties: { ${properties} } }` })
    .replace('name: items', `name: ${stream}`)
    .replace('url: ', `request_parameters: { ${sent} }, url: `);

describe('asked-states', () => {
  it.each([
    ['upcoming_appointments', 'filter: upcoming'],
    ['appointments', 'filter: past'],
    ['active_users', 'status: active'],
    ['archived_users', 'archived: "true"'],
    ['archived_users', 'include_active: true'],
    ['active_users', 'archived: false'],
    ['active_users', 'exclude_archived: true'],
    ['active_users', 'sort: closed'],
    ['users', 'include_groups: true'],
  ])('passes for %s with %s', async (stream, sent) => {
    expect(asking(stream, sent)).toContain(`name: ${stream}`);
    await expectPass(asking(stream, sent, 'groups: { type: array }'));
  });

  it.each([
    ['upcoming_appointments', 'filter: past', 'past'],
    ['active_users', 'status: archived', 'archived'],
    ['draft_orders', 'state: published', 'published'],
    ['archived_users', 'archived: "false"', 'not archived'],
    ['active_users', 'is_archived: 1', 'archived'],
  ])('finds that %s asks with %s for its opposite', async (stream, sent, said) => {
    await expectViolations(asking(stream, sent), [
      { message: `This asks for what is ${said}, and the stream is called "${stream}".` },
    ]);
  });

  it('finds a part of records that is asked for as one to leave out', async () => {
    await expectPass(asking('users', 'include_totals: false', 'groups: { type: array }'));
    await expectViolations(asking('users', 'includeUserGroups: "false"', 'user_groups: { type: array }'), [
      { message: /^"includeUserGroups" is off, and the schema of stream "users" has "user_groups"/ },
    ]);
  });
});
