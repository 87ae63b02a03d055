import { ConnectorError } from '../../error/connector-error.ts';
import { printThrown } from '../../error/print-location.ts';
import { preview } from '../../preview/preview.ts';
import { parseWanted, whyNot, whyRecord } from '../../preview/why.ts';
import { systemClock } from '../../time/clock.ts';
import type { Environment } from '../environment.ts';
import {
  type AuthorOptions,
  namedManifest,
  openForPreview,
  refuseManifest,
  requireStream,
} from './open-preview.ts';
import { wholeNumber } from './preview.ts';

export interface WhyOptions extends AuthorOptions {
  readonly pages: string;
  readonly slices: string;
  readonly manifestPath?: string;
}

/** The manifest, the stream and the record; without the manifest, that of `-m` is meant, or the bundled one. */
export type WhyNames =
  | readonly [stream: string, asked: string]
  | readonly [file: string, stream: string, asked: string];

/** `why FILE STREAM FIELD=VALUE`: why a record is there, or is not. Exit code 1 when the API did not give it. */
export async function why(
  names: WhyNames,
  { pages, slices, manifestPath, ...options }: WhyOptions,
  environment: Environment,
): Promise<number> {
  const [file, stream, asked] = names.length === 3 ? names : [undefined, ...names];
  const path = namedManifest(file, manifestPath);
  const wanted = parseWanted(asked);
  if (wanted === undefined)
    throw new ConnectorError(`"${asked}" names no record: write FIELD=VALUE, such as id=5.`, {
      kind: 'config_error',
    });
  if (file === undefined) refuseManifest(stream, 'the stream', 'manifold why FILE STREAM FIELD=VALUE');
  const limits = {
    pagesPerSlice: wholeNumber(pages, '--pages'),
    slices: wholeNumber(slices, '--slices'),
    records: 1_000_000,
  };
  const opened = await openForPreview(path, options, environment);
  const { manifest, config, states, surroundings, redactor } = opened;
  requireStream(manifest, stream);
  const shown = await preview(manifest, config, { stream, states, limits, surroundings });
  const { now } = environment.clock ?? systemClock;
  const said = whyRecord(wanted, shown, { manifest, config, now });
  const lines = said.map((sentence) => `${asked}: ${sentence}`);
  if (said.length === 0) lines.push(whyNot(wanted, shown), ...shown.errors.map(printThrown));
  await environment.write(redactor.text(`${lines.join('\n')}\n`));
  return said.length === 0 ? 1 : 0;
}
