import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startLanguageClient } from '../test/kit/language-client.ts';
import { type Bench, median } from './measure.ts';
import { milliseconds, type Report } from './report.ts';

const root = resolve(fileURLToPath(import.meta.url), '../../..');

/** How many changes of one character are made, spread over the text. */
const changes = 20;

/** A manifest of about 3,000 lines: streams with everything written out, and their schemas. */
function longManifest(lines: number): string {
  const head = `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [stream_0] }
spec:
  type: Spec
  connection_specification:
    type: object
    properties: { api_key: { type: string, airbyte_secret: true } }
streams:
`;
  const fields = Array.from(
    { length: 20 },
    (_, at) => `          field_${at}:\n            type: [string, "null"]`,
  );
  const stream = (at: number) => `  - type: DeclarativeStream
    name: stream_${at}
    primary_key: [field_0]
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: "https://api.shop.test/stream_${at}"
        http_method: GET
        authenticator:
          type: ApiKeyAuthenticator
          inject_into: { type: RequestOption, inject_into: header, field_name: X-Key }
          api_token: "{{ config['api_key'] }}"
        request_parameters:
          since: "{{ stream_interval['start_time'] }}"
      record_selector:
        type: RecordSelector
        extractor: { type: DpathExtractor, field_path: [data] }
      paginator:
        type: DefaultPaginator
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
        pagination_strategy:
          type: CursorPagination
          cursor_value: "{{ response.get('next') }}"
          stop_condition: "{{ not response.get('next') }}"
    schema_loader:
      type: InlineSchemaLoader
      schema:
        type: object
        properties:
${fields.join('\n')}
`;
  const count = Math.ceil(lines / stream(0).split('\n').length);
  return head + Array.from({ length: count }, (_, at) => stream(at)).join('');
}

/** What somebody who types waits for, over the language server's own protocol. */
export async function benchEditor({ runs }: Bench, report: Report) {
  const texts: readonly (readonly [string, string])[] = [
    ['3,000 lines', longManifest(3000)],
    ['intercom.yaml', readFileSync(join(root, 'manifests/intercom.yaml'), 'utf8')],
  ];
  report.table('editor (medians)', ['findings', 'completion', 'hover', 'lines']);
  for (const [name, text] of texts) {
    const times = { findings: [] as number[], completion: [] as number[], hover: [] as number[] };
    for (let run = 0; run < runs; run++) {
      const measured = await typeInto(text);
      for (const kind of ['findings', 'completion', 'hover'] as const) times[kind].push(...measured[kind]);
    }
    const of = (all: readonly number[]) => median(all) / 1000;
    const figures = {
      findings: of(times.findings),
      completion: of(times.completion),
      hover: of(times.hover),
    };
    const lines = text.split('\n').length;
    report.row(name, [...Object.values(figures).map(milliseconds), String(lines)], { ...figures, lines });
  }
}

/** Milliseconds from the change, or from the question, to the answer. */
async function typeInto(text: string) {
  const uri = pathToFileURL(join(root, 'manifests/typed.yaml')).href;
  const client = await startLanguageClient([
    process.execPath,
    join(root, 'dist/bin/manifold.js'),
    'lsp',
    '--stdio',
  ]);
  const findings: number[] = [];
  const completion: number[] = [];
  const hover: number[] = [];
  try {
    await client.open(uri, text);
    const lines = text.split('\n');
    for (let at = 1; at <= changes; at++) {
      const line = Math.floor((lines.length * at) / (changes + 1));
      const end = { line, character: lines[line]?.length ?? 0 };
      const asked = { textDocument: { uri }, position: end };
      const found = client.nextFindings(uri);
      const changed = performance.now();
      client.notify('textDocument/didChange', {
        textDocument: { uri, version: at + 1 },
        contentChanges: [{ range: { start: end, end }, text: ' ' }],
      });
      await found;
      findings.push(performance.now() - changed);
      for (const [times, method] of [
        [completion, 'textDocument/completion'],
        [hover, 'textDocument/hover'],
      ] as const) {
        const start = performance.now();
        await client.request(method, asked);
        times.push(performance.now() - start);
      }
      lines[line] += ' ';
    }
  } finally {
    await client.close();
  }
  return { findings, completion, hover };
}
