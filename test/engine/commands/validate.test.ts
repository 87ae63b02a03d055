import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate } from '../../../engine/commands/validate.ts';
import { defineHook, type Hook } from '../../../engine/language/hook.ts';
import { testEnvironment } from '../../kit/environment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'validate-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Exit code and output, with the folder's name taken out. */
async function run(files: Readonly<Record<string, string>>, hooks: readonly Hook[] = []) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const environment = testEnvironment({ loadHooks: async () => hooks });
  const paths = Object.keys(files).map((name) => join(folder, name));
  const exitCode = await validate(paths, {}, environment);
  return { exitCode, output: environment.written().replaceAll(`${folder}/`, '') };
}

const manifest = (requester: string) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [a] }
definitions:
  retriever:
    requester: ${requester}
    record_selector: { extractor: { field_path: [] } }
streams:
  - { name: a, retriever: { $ref: "#/definitions/retriever" } }
  - { name: b, retriever: { $ref: "#/definitions/retriever" } }
`;

describe('validate', () => {
  it('says that a good manifest is valid', async () => {
    expect(await run({ 'good.yaml': manifest('{ url: https://a.b }') })).toEqual({
      exitCode: 0,
      output: 'good.yaml: valid\n',
    });
  });

  it('says once what is wrong in a part that many streams share', async () => {
    const { exitCode, output } = await run({ 'x.yaml': manifest('{ url: "{{ a" }') });
    expect(exitCode).toBe(1);
    expect(output.match(/^error: /gm)).toHaveLength(1);
    expect(output).toContain('x.yaml:6:28\n6 |     requester: { url: "{{ a" }\n');
    expect(output).toMatch(/\nx\.yaml: 1 error, 0 warnings\n$/);
  });

  it('lets warnings pass', async () => {
    const { exitCode, output } = await run({ 'x.yaml': manifest('{ url: https://a.b, htp_method: GET }') });
    expect(exitCode).toBe(0);
    expect(output).toMatch(/x\.yaml: 0 errors, 1 warning\n$/);
  });

  it('looks at every file, whatever is wrong with the first', async () => {
    const { exitCode, output } = await run({
      'broken.yaml': 'streams: [',
      'good.yaml': manifest('{ url: https://a.b }'),
    });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^error: .*\n\nbroken\.yaml:1:/);
    expect(output).toMatch(/broken\.yaml: 1 error, 0 warnings\ngood\.yaml: valid\n$/);
  });

  it('says that a file is not there', async () => {
    const environment = testEnvironment();
    expect(await validate([join(folder, 'none.yaml')], {}, environment)).toBe(1);
    expect(environment.written()).toMatch(/none\.yaml could not be read: there is no such file\./);
  });

  it('knows the hooks of the command line', async () => {
    const Signed = defineHook('Requester', {
      name: 'Signed',
      fields: () => ({}),
      make: () => ({ send: () => Promise.reject(new Error('not now')) }),
    });
    const files = { 'x.yaml': manifest('{ type: CustomRequester, class_name: source_a.Signed }') };
    expect((await run(files)).output).toContain('needs a hook named "Signed"');
    expect((await run(files, [Signed])).output).toBe('x.yaml: valid\n');
  });
});
