import { graphqlPages } from '../../../../engine/conformance/checks/graphql-pages.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(graphqlPages);

const asked = (query: string) =>
  manifestWith().replace(
    '{ url: https://api.test/items }',
    `{ url: https://api.test/graphql, http_method: POST, request_body_json: { query: "${query}" } }`,
  );

describe('graphql-pages', () => {
  it.each([
    'query($after: String) { users(first: 10, after: $after) { nodes { id } } }',
    'query { users(before: $before, last: 10) { nodes { id } } }',
    'query { users(first: 10, after: $after) { nodes { logs(last: 1) { id } } } }',
    'query { users(filter: { before: 1 }, last: 2, before: $x) { id } }',
  ])('passes for %s', async (query) => {
    await expectPass(asked(query));
  });

  it.each([
    ['query($after: String) { users(last: 10, after: $after) { nodes { id } } }', 'last', 'after'],
    ['query { users(after: $after, last: 10) { nodes { id } } }', 'last', 'after'],
    ['query { users(first: 10, before: $cursor) { nodes { id } } }', 'first', 'before'],
  ])('finds what is mixed in %s', async (query, side, token) => {
    await expectViolations(asked(query), [
      {
        message: `This query asks for the ${side} of a list with "${token}": "${side}" goes with "${side === 'first' ? 'after' : 'before'}".`,
      },
    ]);
  });
});
