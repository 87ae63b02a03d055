import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReportFormat, validate } from '../../../../engine/commands/validate/validate.ts';
import { defineHook, type Hook } from '../../../../engine/language/hook.ts';
import { testEnvironment } from '../../../kit/environment.ts';

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
spec: { connection_specification: { type: object } }
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

  it('shows what is said several times in the same words once, with the lines of the others', async () => {
    const streams = Array.from(
      { length: 15 },
      (_, index) =>
        `  - { name: s${index}, retriever: { $ref: "#/definitions/retriever" }, retreiver: {} }\n`,
    );
    const yaml = manifest('{ url: https://a.b }').replace(/ {2}- \{ name: a.*\n.*\n/, streams.join(''));
    const { output } = await run({ 'x.yaml': yaml.replace('[a]', '[s0]') });
    expect(output.match(/^warning: /gm)).toHaveLength(1);
    expect(output).toContain('x.yaml:9:');
    expect(output).toContain(
      'The same at lines 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, and 2 more.\n',
    );
    expect(output).toMatch(/x\.yaml: 0 errors, 15 warnings\n$/);
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

  it('lets warnings fail when asked to be strict', async () => {
    const file = join(folder, 'x.yaml');
    await writeFile(file, manifest('{ url: https://a.b, htp_method: GET }'));
    expect(await validate([file], { strict: true }, testEnvironment())).toBe(1);
  });

  it('takes the manifests of a folder, and nothing else in it', async () => {
    await mkdir(join(folder, 'deep'));
    await writeFile(join(folder, 'deep', 'a.yaml'), manifest('{ url: https://a.b }'));
    await writeFile(join(folder, 'workflow.yml'), 'on: push\njobs: {}\n');
    const environment = testEnvironment();
    expect(await validate([folder], {}, environment)).toBe(0);
    expect(environment.written()).toBe(`${join(folder, 'deep', 'a.yaml')}: valid\n`);
    await rm(join(folder, 'deep'), { recursive: true });
    await expect(validate([folder], {}, testEnvironment())).rejects.toThrow(
      'There is no manifest in the folder',
    );
  });

  describe('reports', () => {
    /** What is written of a manifest that comes in. */
    async function report(format: ReportFormat): Promise<string> {
      const text = manifest('{ url: a.b, htp_method: GET }');
      const environment = testEnvironment({
        stdin: (async function* () {
          yield Buffer.from(text);
        })(),
      });
      expect(await validate(['-'], { format }, environment)).toBe(1);
      return environment.written();
    }

    it('are a list for programs', async () => {
      expect(JSON.parse(await report('json'))).toMatchObject([
        {
          file: '<stdin>',
          line: 6,
          column: 23,
          severity: 'error',
          rule: 'request-urls',
          message: 'The URL "a.b" has no scheme. Does it begin with "https://"?',
          related: [{ file: '<stdin>', line: 9 }],
        },
        { line: 6, column: 28, severity: 'warning', rule: 'known-fields' },
      ]);
    });

    it('are commands for GitHub', async () => {
      expect((await report('github')).split('\n')).toEqual([
        '::error file=<stdin>,line=6,col=23,title=request-urls::The URL "a.b" has no scheme. Does it begin with "https://"?',
        '::warning file=<stdin>,line=6,col=28,title=known-fields::Unknown field "htp_method" on HttpRequester. Did you mean "http_method"?',
        '',
      ]);
    });

    it('are SARIF for code scanners', async () => {
      const { version, runs } = JSON.parse(await report('sarif'));
      expect(version).toBe('2.1.0');
      expect(runs[0].tool.driver.rules).toEqual([{ id: 'known-fields' }, { id: 'request-urls' }]);
      expect(runs[0].results[0]).toMatchObject({
        ruleId: 'request-urls',
        ruleIndex: 1,
        level: 'error',
        locations: [{ physicalLocation: { region: { startLine: 6, startColumn: 23 } } }],
      });
    });
  });
});
