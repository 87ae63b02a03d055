import { readStream } from '../../../kit/read-manifest.ts';

const stream = (options: string) => `
name: items
retriever:
  requester: { url: https://api.test/items, ${options} }
  record_selector: { extractor: { field_path: [] } }
`;
const filter = '[{"field": "id", "op": ">"}]';

describe('a list of objects as JSON text', () => {
  it('arrives as that text in a query parameter', async () => {
    const { requests } = await readStream(
      stream(
        `request_parameters: { filter: '${filter}', made: "{{ config.filter | tojson }}", list: '["a", "b"]' }`,
      ),
      [{ body: [] }],
      { config: { filter: [{ a: 1 }] } },
    );
    const params = requests[0]?.url.searchParams;
    expect(params?.getAll('filter')).toEqual([filter]);
    expect(params?.getAll('made')).toEqual(['[{"a": 1}]']);
    expect(params?.getAll('list')).toEqual(['a', 'b']);
  });

  it('arrives as that text in a form', async () => {
    const { requests } = await readStream(
      stream(
        `http_method: POST, request_body: { type: RequestBodyUrlEncodedForm, value: { filter: '${filter}' } }`,
      ),
      [{ body: [] }],
    );
    expect(new URLSearchParams(String(requests[0]?.body)).getAll('filter')).toEqual([filter]);
  });
});
