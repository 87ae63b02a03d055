import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const engine = join(__dirname, '../../../../engine');

const check = (folder: string) =>
  spawnSync(process.execPath, [join(folder, 'util/wasm/build.mjs'), '--check'], { encoding: 'utf8' });

test('the committed bytes were made from the committed sources', () => {
  expect(check(engine)).toMatchObject({ stderr: '', status: 0 });
});

describe('in a copy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-sources-'));
  const rooms = ['util/wasm', 'util/json/record-lines', 'destinations/columns/line-kinds'];
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['util/json/record-lines/scanner.as.ts', ['util/json/record-lines/scanner.as.ts']],
    [
      'util/wasm/json-bytes.as.ts',
      ['util/json/record-lines/scanner.as.ts', 'destinations/columns/line-kinds/line-kinds.as.ts'],
    ],
  ])('a change of %s is told', (changed, told) => {
    for (const room of rooms) cpSync(join(engine, room), join(folder, room), { recursive: true });
    expect(check(folder).status).toBe(0);
    appendFileSync(join(folder, changed), '\n// changed\n');
    const { stderr, status } = check(folder);
    expect(status).toBe(1);
    expect(stderr).toBe(
      told
        .map((source) => `The bytes of ${source} are not those of its source: run "npm run wasm".\n`)
        .join(''),
    );
  });
});
