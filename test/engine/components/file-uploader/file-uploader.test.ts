import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DpathExtractor } from '../../../../engine/components/extractors/dpath-extractor.ts';
import { FileUploader } from '../../../../engine/components/file-uploader/file-uploader.ts';
import type { SendOptions } from '../../../../engine/contract/families.ts';
import type { HttpResponse } from '../../../../engine/contract/http-response.ts';
import type { TryLimits } from '../../../../engine/contract/scope.ts';
import { component } from '../../../../engine/language/component.ts';
import { testResponse } from '../../../kit/response.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

let folder: string;
const before = process.env.AIRBYTE_STAGING_DIRECTORY;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'staging-'));
  process.env.AIRBYTE_STAGING_DIRECTORY = folder;
});

afterAll(async () => {
  if (before === undefined) delete process.env.AIRBYTE_STAGING_DIRECTORY;
  else process.env.AIRBYTE_STAGING_DIRECTORY = before;
  await rm(folder, { recursive: true });
});

function uploader(
  fields: object,
  sent: SendOptions[] = [],
  limits?: TryLimits,
  answer: HttpResponse = testResponse({ body: 'content' }),
) {
  const Answering = component({
    family: 'Requester',
    type: 'HttpRequester',
    doc: '',
    fields: () => ({}),
    make: () => ({
      async send(options) {
        sent.push(options);
        return answer;
      },
    }),
  });
  const definition = {
    type: 'FileUploader',
    requester: { type: 'HttpRequester' },
    download_target_extractor: { type: 'DpathExtractor', field_path: ['url'] },
    ...fields,
  };
  const scope = testScope({ components: [Answering, DpathExtractor] });
  return makeComponent(FileUploader, definition, { ...scope, sync: { ...scope.sync, limits } });
}

describe('FileUploader', () => {
  it('stages the file and says where it is', async () => {
    const sent: SendOptions[] = [];
    const { upload } = uploader({ filename_extractor: "{{ record['name'] }}" }, sent);
    const reference = await upload({ url: 'https://files.test/1', name: '/a/b.txt' }, undefined, 'files');
    expect(reference).toEqual({
      staging_file_url: join(folder, 'files/a/b.txt'),
      source_file_relative_path: 'files/a/b.txt',
      file_size_bytes: 7,
    });
    expect(await readFile(join(folder, 'files/a/b.txt'), 'utf8')).toBe('content');
    expect(sent[0]?.slice?.extraFields).toEqual({ download_target: 'https://files.test/1' });
  });

  it('leaves no file behind when a manifest is only tried out', async () => {
    const { upload } = uploader({ filename_extractor: 'tried.txt' }, [], { pagesPerSlice: 1, slices: 1 });
    expect(await upload({ url: 'u' }, undefined, 'files')).toMatchObject({ file_size_bytes: 7 });
    await expect(readFile(join(folder, 'files/tried.txt'))).rejects.toThrow('ENOENT');
  });

  it.each([
    ['in a try-out', { pagesPerSlice: 1, slices: 1 }],
    ['in a read', undefined],
  ])('leaves no part of a file whose download breaks off %s', async (_when, limits) => {
    const answer: HttpResponse = {
      ...testResponse({}),
      async *stream() {
        yield new TextEncoder().encode('cont');
        throw new Error('The connection is gone.');
      },
    };
    const { upload } = uploader({ filename_extractor: 'broken/off.txt' }, [], limits, answer);
    await expect(upload({ url: 'u' }, undefined, 'files')).rejects.toThrow('The connection is gone.');
    expect(await readdir(join(folder, 'files/broken'))).toEqual([]);
  });

  it('gives a file without a name a random one', async () => {
    const { source_file_relative_path: path } = await uploader({}).upload({ url: 'u' }, undefined, 'files');
    expect(path).toMatch(/^files\/[0-9a-f-]{36}$/);
  });

  it('refuses names that lead out of the folder', async () => {
    const { upload } = uploader({ filename_extractor: "{{ record['name'] }}" });
    for (const name of ['../x', 'a/../../x', '..']) {
      await expect(upload({ url: 'u', name }, undefined, 'files')).rejects.toThrow(
        'would lead out of the folder',
      );
    }
  });

  it('fails for a record without a download target', async () => {
    await expect(uploader({}).upload({}, undefined, 'files')).rejects.toThrow('no download target');
    await expect(uploader({}).upload({ url: [1] }, undefined, 'files')).rejects.toThrow(
      'must be text, not 1',
    );
  });
});
