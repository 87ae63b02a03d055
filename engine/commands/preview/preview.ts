import type { Exchange } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { positionOf } from '../../error/print-location.ts';
import { curlOf } from '../../preview/curl.ts';
import { type Preview, preview as read } from '../../preview/preview.ts';
import { previewText } from '../../preview/preview-text.ts';
import { rateOf } from '../../preview/rate.ts';
import { differenceOf, schemaDifference } from '../../preview/schema-difference.ts';
import { pathProblem, selectPath } from '../../preview/select.ts';
import { steadyClock } from '../../preview/steady-clock.ts';
import { parseWanted, whyNot, whyRecord } from '../../preview/why.ts';
import { systemClock } from '../../time/clock.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import type { Environment } from '../environment.ts';
import { acceptSchema } from './accept-schema.ts';
import { type AuthorOptions, type OpenedForPreview, openForPreview, requireStream } from './open-preview.ts';
import { record, withSmallPages } from './record.ts';
import { saveTest } from './save-test.ts';

export interface PreviewCommandOptions extends AuthorOptions {
  readonly pages: string;
  readonly slices: string;
  readonly records: string;
  readonly json?: boolean;
  readonly select?: string;
  readonly curl?: string;
  readonly why?: string;
  readonly record?: string;
  readonly saveTest?: string;
  readonly acceptSchema?: boolean;
  readonly fake?: readonly string[];
  readonly keep?: readonly string[];
}

/** A test reads a stream to its end, as far as that may be. */
const testLimits = { pages: 50, slices: 100 };

/**
 * `preview FILE STREAM`: reads a little of a stream and shows every decision. Exit code 0; 1 when something failed on the
 * way, or when records do not fit their schema; 2, without a request, for a JSONPath that is none.
 */
export async function preview(
  file: string,
  stream: string,
  options: PreviewCommandOptions,
  environment: Environment,
): Promise<number> {
  const problem = options.select === undefined ? undefined : pathProblem(options.select);
  if (problem !== undefined) {
    environment.writeError(`${problem}\n`);
    return 2;
  }
  const isTest = options.saveTest !== undefined;
  const limits = {
    pagesPerSlice: Math.max(wholeNumber(options.pages, '--pages'), isTest ? testLimits.pages : 1),
    slices: Math.max(wholeNumber(options.slices, '--slices'), isTest ? testLimits.slices : 1),
    records: wholeNumber(options.records, '--records'),
  };
  const clock = environment.clock ?? systemClock;
  const now = Math.floor(clock.now() / 1000) * 1000;
  const opened = await openForPreview(
    file,
    options,
    environment,
    options.record === undefined ? undefined : (manifest) => withSmallPages(manifest, stream),
  );
  requireStream(opened.manifest, stream);
  const shown = await read(opened.manifest, opened.config, {
    stream,
    states: opened.states,
    limits,
    stopwatch: clock,
    surroundings: { ...opened.surroundings, ...(isTest && { clock: steadyClock(now, clock) }) },
  });
  const print = (text: string) => environment.write(opened.redactor.text(text));
  if (options.select !== undefined) return select(options.select, shown, print);
  if (options.curl !== undefined) return curl(options.curl, shown, print);
  if (options.why !== undefined) return why(options.why, shown, opened, print);
  const { fake = [], keep = [] } = options;
  if (options.record !== undefined)
    await record(shown, { folder: options.record, file, now, fake, keep }, environment);
  if (options.saveTest !== undefined)
    await saveTest(shown, opened, { name: options.saveTest, file, now, fake, keep }, environment);
  if (options.acceptSchema === true) await acceptSchema(shown, opened, file, environment);
  if (options.json === true) await print(`${toJsonText(asJson(shown))}\n`);
  else await print(text(shown, opened, environment, options.acceptSchema === true));
  return exitCodeOf(shown);
}

function text(
  shown: Preview,
  opened: OpenedForPreview,
  environment: Environment,
  isAccepted: boolean,
): string {
  const { now } = environment.clock ?? systemClock;
  const difference = differenceOf(shown);
  // What has been declared just now need not be recommended.
  const told = isAccepted ? { ...shown, missingSchemaFile: undefined } : shown;
  return previewText(told, {
    rate: rateOf(opened.manifest, exchangesOf(shown), now()),
    schema: isAccepted && difference ? { ...difference, undeclared: [] } : difference,
    now,
    next: nextSteps(shown, opened.states !== undefined),
  });
}

function nextSteps({ slices, records, primaryKey }: Preview, hasState: boolean): readonly string[] {
  const pages = slices.flatMap((slice) => slice.pages);
  const dropped = pages.flatMap(({ drops }) => drops.flatMap((drop) => drop.records))[0];
  const record = dropped ?? records[0];
  const name = primaryKey?.[0]?.[0] ?? 'id';
  const key = typeof record === 'object' && record !== null ? Reflect.get(record, name) : undefined;
  const isKey = typeof key === 'string' || typeof key === 'number' || typeof key === 'bigint';
  return [
    ...(records.length > 0 ? [`--save-test "${hasState ? 'resume' : 'full'}"`] : []),
    ...(pages.length > 0 ? [`--curl ${Math.min(2, pages.length)}`] : []),
    ...(isKey && !/[\s'"$]/.test(String(key)) ? [`--why ${name}=${key}`] : []),
  ];
}

function exchangesOf({ slices }: Preview): readonly Exchange[] {
  return slices.flatMap(({ pages }) =>
    pages.flatMap(({ events }) =>
      events.flatMap((event) => (event.kind === 'request' ? [event.exchange] : [])),
    ),
  );
}

/** The answer of a test read, with what was decided. */
function asJson({ read: answer, decisions }: Preview): object {
  return {
    ...answer,
    decisions: decisions.map(({ place, slice, ...decision }) => {
      const position = place && positionOf(place);
      return {
        ...decision,
        place: place && { file: place.source.name, pointer: place.pointer, ...position },
        slice: slice && { ...slice.partition, ...slice.cursor },
      };
    }),
  };
}

async function select(
  path: string,
  { slices }: Preview,
  print: (text: string) => Promise<void>,
): Promise<number> {
  let found = 0;
  for (const { pages } of slices) {
    for (const { events } of pages) {
      for (const event of events) {
        if (event.kind !== 'request') continue;
        const body: unknown = await event.exchange.response.json().catch(() => undefined);
        for (const value of selectPath(path, body)) {
          found += 1;
          await print(`${toJsonText(value)}\n`);
        }
      }
    }
  }
  if (found === 0)
    throw new ConnectorError(`${path} is nowhere in the answers that were read.`, { kind: 'config_error' });
  return 0;
}

async function curl(number: string, shown: Preview, print: (text: string) => Promise<void>): Promise<number> {
  const exchanges = exchangesOf(shown);
  const exchange = exchanges[wholeNumber(number, '--curl') - 1];
  if (exchange === undefined) {
    const total = exchanges.length === 1 ? 'One request was' : `${exchanges.length} requests were`;
    throw new ConnectorError(
      `There is no request ${number}. ${total} sent; --pages and --slices send more.`,
      {
        kind: 'config_error',
      },
    );
  }
  await print(curlOf(exchange.request, shown.redactor));
  return 0;
}

async function why(
  asked: string,
  shown: Preview,
  { manifest, config }: OpenedForPreview,
  print: (text: string) => Promise<void>,
): Promise<number> {
  const wanted = parseWanted(asked);
  if (wanted === undefined)
    throw new ConnectorError(`"${asked}" names no record: write FIELD=VALUE, such as id=5.`, {
      kind: 'config_error',
    });
  const said = whyRecord(wanted, shown, { manifest, config, now: systemClock.now });
  if (said.length === 0) {
    await print(`${whyNot(wanted, shown)}\n`);
    return 1;
  }
  for (const sentence of said) await print(`${asked}: ${sentence}\n`);
  return 0;
}

function exitCodeOf({ errors, schema, missingSchemaFile, records }: Preview): number {
  // Without the file that it names, a stream has no place in a catalog.
  if (errors.length > 0 || (schema === undefined && missingSchemaFile !== undefined)) return 1;
  return schema !== undefined && schemaDifference(schema, records).narrower.length > 0 ? 1 : 0;
}

export function wholeNumber(text: string, option: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new ConnectorError(`${option} takes a whole number from 1 on, not "${text}".`, {
    kind: 'config_error',
  });
}
