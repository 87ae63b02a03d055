import { loadManifest } from '../../connector/load-manifest.ts';
import { withConnector } from '../../connector/with-connector.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { StreamGuess } from '../../init/guesses.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { messageOf } from '../../util/text/message-of.ts';
import type { Environment } from '../environment.ts';
import { readConfig } from '../read-input.ts';

interface Written {
  readonly text: string;
  readonly path: string;
  readonly streams: readonly StreamGuess[];
  /** The path of the config. */
  readonly config: string | undefined;
}

/** So many streams are tried, each by two pages at most. */
const tried = 2;

/** Asks the API, and says which guesses hold. Exit code 1 when one does not. */
export async function verify(
  { text, path, streams, config }: Written,
  environment: Environment,
): Promise<number> {
  if (config === undefined)
    throw new ConnectorError('To verify guesses the API has to be asked: give a config with --config FILE.', {
      kind: 'config_error',
    });
  const given = await readConfig(config);
  const manifest = loadManifest({ name: path, text });
  const simple = streams.filter(({ parents }) => parents.length === 0).slice(0, tried);
  let isWrong = false;
  for (const stream of simple) {
    const pages: (readonly JsonObject[])[] = [];
    const limits = { pagesPerSlice: 2, slices: 1 };
    const failed = await withConnector(
      manifest,
      given,
      { ...environment, limits },
      {
        async work(connector) {
          let error: string | undefined;
          for await (const event of connector.read({ streams: [{ name: stream.name }] })) {
            if (event.kind === 'records') pages.push(event.records);
            if (event.kind === 'error') error ??= event.error.message;
          }
          return error;
        },
      },
    ).catch(messageOf);
    const lines = failed === undefined ? verdicts(stream, pages) : [`no  ${failed}`];
    isWrong ||= lines.some((line) => line.startsWith('no'));
    environment.writeError(`${stream.name}: asked the API\n${lines.map((line) => `  ${line}\n`).join('')}`);
  }
  return isWrong ? 1 : 0;
}

function verdicts(
  { recordPath, key, paging, cursor }: StreamGuess,
  pages: readonly (readonly JsonObject[])[],
): string[] {
  const [first = [], second] = pages;
  const records = pages.flat();
  const has = (field: string) =>
    records.filter((record) => isObject(record) && record[field] !== undefined && record[field] !== null)
      .length;
  const lines = [
    first.length > 0
      ? `yes field_path ${toJsonText(recordPath.value)}: ${first.length} records on the first page`
      : `no  field_path ${toJsonText(recordPath.value)}: no records; the account may have none`,
  ];
  if (records.length === 0) return lines;
  if (key !== undefined) {
    const values = new Set(records.map((record) => toJsonText(record[key.value] ?? null)));
    const isKey = has(key.value) === records.length && values.size === records.length;
    lines.push(
      `${isKey ? 'yes' : 'no '} primary_key ${key.value}: ${values.size} values in ${records.length} records`,
    );
  }
  if (paging !== undefined) {
    const isOther = second !== undefined && toJsonText(second[0]) !== toJsonText(first[0]);
    if (second === undefined)
      lines.push(`?   paginator ${paging.value.kind}: there is no second page, so nothing is known`);
    else
      lines.push(
        `${isOther ? 'yes' : 'no '} paginator ${paging.value.kind}: the second page ${isOther ? 'is another' : 'is the first again'}`,
      );
  }
  if (cursor?.value.parameter !== undefined)
    lines.push(
      `${has(cursor.value.field) > 0 ? 'yes' : 'no '} cursor_field ${cursor.value.field}: in ${has(cursor.value.field)} of ${records.length} records`,
    );
  return lines;
}
