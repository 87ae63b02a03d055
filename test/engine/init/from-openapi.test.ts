import { fromOpenApi } from '../../../engine/init/from-openapi.ts';
import { guessStreams } from '../../../engine/init/guesses.ts';
import { writeManifest } from '../../../engine/init/write-manifest.ts';
import { findingsIn, readManifest } from '../../kit/read-manifest.ts';

const object = (properties: object) => ({ type: 'object', properties });
const text = { type: 'string' };
const paging = object({ per_page: { type: 'integer', maximum: 150 }, starting_after: text });
const next = object({ starting_after: text });
const tickets = {
  type: 'array',
  items: object({ id: text, updated_at: { type: 'string', format: 'date-time' } }),
};
const answers = {
  200: {
    content: { 'application/json': { schema: object({ tickets, pages: object({ next }) }) } },
  },
};

const description = {
  openapi: '3.0.0',
  info: { title: 'Desk' },
  servers: [{ url: 'https://desk.test' }],
  paths: {
    '/tickets/search': {
      post: {
        parameters: [
          { name: 'Desk-Version', in: 'header', schema: { type: 'string', default: '2.10' } },
          { name: 'X-Trace', in: 'header', schema: text },
          { name: 'X-Workspace', in: 'header', required: true, schema: text },
        ],
        requestBody: {
          content: {
            'application/json': {
              schema: object({ query: object({ state: text }), pagination: paging, updated_since: text }),
              examples: { first: { value: { query: { state: 'open' } } } },
            },
          },
        },
        responses: answers,
      },
    },
    '/tickets/{id}/run_rules': { post: { responses: answers } },
  },
};

describe('a description by OpenAPI', () => {
  const api = fromOpenApi(description);
  const yaml = writeManifest('desk', api, guessStreams(api));

  it('becomes a manifest without errors, in which every guess is marked', () => {
    const findings = findingsIn(yaml);
    expect(findings.every((each) => /A guess \([\d.]+\) that nobody has reviewed/.test(each))).toBe(true);
    expect(guessStreams(api).map(({ name }) => name)).toEqual(['tickets']);
  });

  it('sends the headers, the body and the window of a search, and pages within the body', async () => {
    const read = await readManifest(
      yaml,
      ({ body }) => {
        const { pagination } = JSON.parse(String(body)) as { pagination: { starting_after?: string } };
        const ticket = { id: pagination.starting_after ?? 'a', updated_at: '2023-01-02T00:00:00Z' };
        const pages = pagination.starting_after === undefined ? { next: { starting_after: 'b' } } : {};
        return { body: { tickets: [ticket], pages } };
      },
      { config: { x_workspace: 'w', start_date: '2023-01-01T00:00:00Z' } },
    );
    expect(read.errors).toEqual([]);
    expect(read.records.map(({ id }) => id)).toEqual(['a', 'b']);
    const body = { query: { state: 'open' }, updated_since: '2023-01-01T00:00:00Z' };
    expect(read.requests.map(({ body: sent }) => JSON.parse(String(sent)))).toEqual([
      { ...body, pagination: { per_page: 150 } },
      { ...body, pagination: { per_page: 150, starting_after: 'b' } },
    ]);
    expect(read.requests[0]?.headers).toMatchObject({ 'Desk-Version': '2.10', 'X-Workspace': 'w' });
    expect(read.requests[0]?.headers).not.toHaveProperty('X-Trace');
  });
});
