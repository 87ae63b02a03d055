import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, readInputJson } from '../../../engine/commands/read-input.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'input-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What reading a file with this text gives, or says with the folder's name taken out. */
async function read(
  text: string | Uint8Array,
  reader: (path: string) => Promise<unknown> = async (path) => (await readInputJson(path, 'catalog')).value,
): Promise<unknown> {
  const path = join(folder, 'in.json');
  await writeFile(path, text);
  return reader(path).catch((error: Error) => error.message.replaceAll(`${folder}/`, ''));
}

describe('readInputJson', () => {
  it('keeps every digit of integers', async () => {
    expect(await read('{"id":12345678901234567890,"n":1.5}')).toEqual({ id: 12345678901234567890n, n: 1.5 });
  });

  it('takes the last of repeated keys, however long its numbers are', async () => {
    expect(await read('{"a":1,"a":12345678901234567890}')).toEqual({ a: 12345678901234567890n });
  });

  it.each([
    ['', 'The catalog in.json is empty; a JSON text is expected.'],
    [
      'x',
      'The catalog in.json:1:1 is not JSON: this is no value of JSON; texts and keys stand in double quotes.',
    ],
    ['{"a":1,\n "key" "sesame"}', 'The catalog in.json:2:8 is not JSON: a colon is expected here.'],
  ])('says where %j is not JSON', async (text, message) => {
    expect(await read(text)).toEqual(message);
  });

  it('does not mind the byte order mark that some editors write', async () => {
    expect(await read('\ufeff{"a":1}')).toEqual({ a: 1 });
  });

  it('says where a file is not UTF-8', async () => {
    const latin1 = Buffer.from('{"a": 1,\n "name": "Z\xfcrich"}', 'latin1');
    expect(await read(latin1)).toBe('The catalog in.json:2:12 is not UTF-8. Save the file in this encoding.');
  });

  it('refuses more levels than anybody means', async () => {
    expect(await read(`${'['.repeat(250)}${']'.repeat(250)}`)).toHaveLength(1);
    expect(await read(`${'['.repeat(6000)}${']'.repeat(6000)}`)).toBe(
      'The catalog in.json is nested too deeply to be read: 250 levels are the most.',
    );
  });

  it('never repeats what may be a secret', async () => {
    expect(await read('{"password": sesame}')).not.toMatch(/sesame/);
  });

  it('says why a file was not read', async () => {
    await expect(readInputJson(join(folder, 'none.json'), 'state')).rejects.toThrow(
      /^The state .*none\.json could not be read: there is no such file\.$/,
    );
    await expect(readInputJson(folder, 'state')).rejects.toThrow(
      /it is a folder, and a file in it is meant\.$/,
    );
  });
});

describe('readConfig', () => {
  it('wants a file, and an object in it', async () => {
    await expect(readConfig(undefined)).rejects.toThrow('No config given. Name its file with --config FILE.');
    expect(await read('[]', readConfig)).toBe('The config in.json must be a JSON object.');
    expect(await read('{"a":1}', readConfig)).toEqual({ a: 1 });
  });
});
