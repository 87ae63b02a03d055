import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../bin/program.ts';
import { testEnvironment } from '../kit/environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'manifold-test-program-'));
const manifest = join(folder, 'x.yaml');
writeFileSync(
  manifest,
  `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:
  - type: DeclarativeStream
    name: items
    retriever:
      requester: { url: "https://api.test/items" }
      record_selector: { extractor: { field_path: [] } }
`,
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('test, when it cannot be done, ends with 2 and says why', () => {
  test.each([
    ['a file that is not there', ['nowhere.yaml'], 'There is no "nowhere.yaml" to test.'],
    ['a check of another name', [manifest, '--checks', 'spec-type'], 'Did you mean "spec-types"?'],
    [
      'a file that describes no API',
      [manifest, '--openapi', manifest],
      'x.yaml is not a description by OpenAPI',
    ],
    [
      'a report below a file',
      [manifest, '--no-cache', '--checks', 'catalog', '--json', join(manifest, 'x.json')],
      'x.json cannot be written to: there is a file of that name.',
    ],
  ])('%s', async (_, args, said) => {
    const environment = testEnvironment();
    expect(await runProgram(['test', ...args], environment)).toBe(2);
    expect(environment.said() + environment.written()).toContain(said);
  });
});
