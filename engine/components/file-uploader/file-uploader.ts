import { existsSync } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DecodedResponse, HttpResponse } from '../../contract/http-response.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { dataResponse } from '../../http/wire/data-response.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { pyStr } from '../../template/python-values.ts';
import { nodeCrypto } from '../../util/bytes/node-crypto.ts';
import type { JsonObject } from '../../util/json/json.ts';

/**
 * Downloads the file that belongs to a record into the platform's staging folder, piece by piece. The reference has
 * `staging_file_url` (an absolute path), `source_file_relative_path` (which begins with the stream's name) and
 * `file_size_bytes`.
 */
export const FileUploader = component({
  family: 'FileUploader',
  type: 'FileUploader',
  doc: 'Fetches the file that belongs to a record.',
  fields: () => ({
    requester: slot('Requester', 'HttpRequester').describe(
      'Requests the file; its templates see stream_slice.extra_fields.download_target.',
    ),
    download_target_extractor: slot('RecordExtractor', 'DpathExtractor').describe(
      "Finds the file's URL or identifier in a record.",
    ),
    // The CDK accepts this field and does nothing with it.
    file_extractor: slot('RecordExtractor', 'DpathExtractor')
      .optional()
      .describe('Without effect: the whole response body is the file.'),
    filename_extractor: template()
      .optional()
      .describe("Template of the file's path below the stream's name; by default a random name."),
  }),
  make(fields, scope) {
    const requester = fields.requester(scope);
    const targets = fields.download_target_extractor(scope);
    const nameOf = fields.filename_extractor?.(scope);

    async function targetOf(record: JsonObject): Promise<string> {
      for await (const [first] of targets.extract(pageOf(record))) {
        if (typeof first === 'string') return first;
        throw failure(`The download target of a record must be text, not ${JSON.stringify(first)}.`);
      }
      throw failure('A record has no download target.');
    }

    function pathOf(record: JsonObject, stream: string): string {
      const name = nameOf === undefined ? nodeCrypto().randomUUID() : pyStr(nameOf({ record }));
      const path = posix.normalize(`${stream}/${name.replace(/^\/+/, '')}`).replace(/\/$/, '');
      // Names come from the API: none may lead out of the stream's folder.
      if (!path.startsWith(`${posix.normalize(stream)}/`) || path.startsWith('..') || path.includes('\0')) {
        throw failure(
          `The file name ${JSON.stringify(name)} would lead out of the folder of stream "${stream}".`,
        );
      }
      return path;
    }

    function failure(message: string): ConnectorError {
      return new ConnectorError(message, { nodes: [scope.place] });
    }

    return Object.freeze({
      async upload(record: JsonObject, _slice: unknown, stream: string) {
        const download_target = await targetOf(record);
        const path = pathOf(record, stream);
        const slice = { partition: {}, cursor: {}, extraFields: { download_target } };
        const response = await requester.send({ slice, streaming: true, signal: scope.sync.signal });
        const file = join(stagingFolder(), path);
        await mkdir(dirname(file), { recursive: true });
        await download(response, file);
        const { size } = await stat(file);
        // Whoever only tries a manifest out looks at the reference, and nobody collects the file.
        if (scope.sync.limits !== undefined) await rm(file);
        return { staging_file_url: file, source_file_relative_path: path, file_size_bytes: size };
      },
    });
  },
});

/** A file that did not come whole is none: nothing of it stays, where no reference tells of it. */
async function download(response: HttpResponse, file: string): Promise<void> {
  // It is open before anything comes, so that it cannot appear after it was removed.
  const opened = await open(file, 'w');
  try {
    await pipeline(response.stream(), opened.createWriteStream());
  } catch (error) {
    await opened.close();
    await rm(file, { force: true });
    throw error;
  }
}

/** A record, for an extractor to look into. */
function pageOf(record: JsonObject): DecodedResponse {
  return {
    response: dataResponse(record),
    async *documents() {
      yield [record];
    },
    firstDocument: async () => record,
  };
}

/** Where the platform collects files; our own folder where the platform's does not exist. */
function stagingFolder(): string {
  const folder = process.env.AIRBYTE_STAGING_DIRECTORY ?? '/staging/files';
  return existsSync(folder) ? folder : join(tmpdir(), 'airbyte-file-transfer');
}
