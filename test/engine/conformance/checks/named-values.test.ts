import { namedValues } from '../../../../engine/conformance/checks/named-values.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(namedValues);

const spec = `user_id: { type: string }
user_token: { type: string, airbyte_secret: true }
token: { type: string, airbyte_secret: true }`;
const asked = (requester: string) => itemsWith({ spec, requester });

describe('named-values', () => {
  it('finds a property of the config under the name of another one', async () => {
    const header = (name: string) => asked(`request_headers: { User-Token: "{{ config['${name}'] }}" }`);
    await expectPass(header('user_token'));
    await expectViolations(header('user_id'), [
      {
        message:
          '"User-Token" is given "user_id", and there is "user_token" in the config, too: are two of them swapped?',
        at: '{{',
        stream: 'items',
      },
    ]);
  });

  it('finds it in a text, in the query of a path and in what records are given', async () => {
    const login = (id: string, token: string) =>
      asked(`request_headers: { X-Auth: 'UserId={{ config.${id} }}, UserToken="{{ config.${token} }}"' }`);
    await expectPass(login('user_id', 'user_token'));
    await expectViolations(login('user_token', 'user_id'), [
      { message: /^"UserId" is given "user_token"/, at: '{{ config.user_token' },
      { message: /^"UserToken" is given "user_id"/, at: '{{ config.user_id' },
    ]);
    await expectViolations(itemsWith({ spec, path: '/items?user_id={{ config.user_token }}' }), [
      { message: /^"user_id" is given "user_token"/ },
    ]);
    await expectViolations(
      itemsWith({
        spec,
        stream: `transformations: [{ type: AddFields, fields: [{ path: [user_id], value: "{{ config.token }}" }] }]`,
      }),
      [{ message: /^"user_id" is given "token"/ }],
    );
  });

  const parts = (path: string, requester = '') =>
    itemsWith({ path, requester }).replace(
      '      paginator:',
      `      partition_router:
        - { type: ListPartitionRouter, values: [a], cursor_field: org_id }
        - { type: ListPartitionRouter, values: [b], cursor_field: project_id }
      paginator:`,
    );

  it('finds the value of another partition', async () => {
    const sent = (name: string) =>
      parts('/items', `request_parameters: { orgId: "{{ stream_partition['${name}'] }}" }`);
    await expectPass(sent('org_id'));
    await expectViolations(sent('project_id'), [
      { message: /^"orgId" is given "project_id", and there is "org_id" in the partition, too/ },
    ]);
  });

  it('finds two values that stand in each other’s place in a path', async () => {
    const path = (first: string, second: string) =>
      parts(`/orgs/{{ stream_partition.${first} }}/projects/{{ stream_partition.${second} }}`);
    await expectPass(path('org_id', 'project_id'));
    await expectViolations(path('project_id', 'org_id'), [
      {
        message:
          '"project_id" stands after "orgs" in this path, and "org_id" after "projects": are the two swapped?',
        stream: 'items',
      },
    ]);
  });

  it('finds a property whose name a longer one ends with', async () => {
    const header = (name: string) =>
      itemsWith({
        spec: 'account_id: { type: string }\ntoken: { type: string, airbyte_secret: true }',
        requester: `request_headers: { x-auth-accountid: "{{ config['${name}'] }}" }`,
      });
    await expectPass(header('account_id'));
    await expectViolations(header('token'), [{ message: /^"x-auth-accountid" is given "token"/ }]);
  });

  describe('of an object in a template', () => {
    const added = (object: string) =>
      itemsWith({
        stream: `transformations: [{ type: AddFields, fields: [{ path: [from], value: "{{ ${object} }}" }] }]`,
      });

    it.each([
      "{ 'post_id': record['post_id'], 'comment_id': record['id'] }",
      "{ 'post_id': record['post_id'], 'user_id': record['author_id'] }",
      "{ 'user_id': record.user_id, 'owner_id': stream_slice.user_id }",
      "{ 'id': record.post_id, 'post_id': record.post_id }",
      "{ 'user_id': record.user_id, 'name': record.user_id }",
    ])('passes with %s', async (object) => {
      await expectPass(added(object));
    });

    it.each([
      ["{ 'post_id': record['post_id'], 'comment_id': record['post_id'] }", 'comment_id', 'post_id'],
      ["{ 'commentId': record.postId, 'postId': record.postId }", 'commentId', 'postId'],
      ["{ 'a': { 'org_id': record.get('org_id'), 'team_id': record.get('org_id') } }", 'team_id', 'org_id'],
      ["{ 'user_key': stream_slice.user_key, 'job_key': stream_slice['user_key'] }", 'job_key', 'user_key'],
    ])('finds an id with the value of another: %s', async (object, id, other) => {
      await expectViolations(added(object), [
        { message: `"${id}" is given "${other}", which is what "${other}" beside it is given, too.` },
      ]);
    });
  });
});
