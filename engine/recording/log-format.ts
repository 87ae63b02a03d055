import * as z from 'zod';
import { ConnectorError } from '../error/connector-error.ts';
import { isObject } from '../util/json/json.ts';
import { parseJson } from '../util/json/parse-json.ts';

// A log is JSON lines: what the sync began with, everything that came from outside in its order, how it ended.

const fields = () => z.record(z.string(), z.unknown());

const beginning = () =>
  z.object({
    kind: z.literal('begin'),
    format: z.literal(1),
    version: z.string(),
    /** The path of the manifest; absent for the one that comes with the package. */
    manifest: z.string().optional(),
    config: fields(),
    catalog: z.unknown(),
    /** The messages of a state file. */
    state: z.unknown().optional(),
    logLevel: z.string(),
    isReadByPerson: z.boolean(),
    /** Milliseconds since the epoch. */
    now: z.number(),
    seed: z.number(),
  });

const request = () => z.object({ method: z.string(), url: z.string(), body: z.string().optional() });

const exchange = () =>
  z.object({
    kind: z.literal('exchange'),
    /** The clock from here on. */
    now: z.number(),
    request: request(),
    response: z
      .object({
        url: z.string(),
        status: z.number(),
        headers: z.array(z.tuple([z.string(), z.string()])),
        body: z.string(),
        /** The body is bytes, in Base64. */
        isBinary: z.boolean().optional(),
      })
      .optional(),
    /** Instead of a response. */
    error: z.object({ message: z.string(), code: z.string() }).optional(),
  });

const sleep = () => z.object({ kind: z.literal('sleep'), now: z.number(), ms: z.number() });

const ending = () =>
  z.object({
    kind: z.literal('end'),
    exitCode: z.number(),
    stdout: z.object({ bytes: z.number(), sha256: z.string() }),
  });

export type Beginning = z.output<ReturnType<typeof beginning>>;
export type LoggedExchange = z.output<ReturnType<typeof exchange>>;
export type LoggedSleep = z.output<ReturnType<typeof sleep>>;
export type LoggedEvent = LoggedExchange | LoggedSleep;
export type Ending = z.output<ReturnType<typeof ending>>;

export interface RecordedLog {
  readonly beginning: Beginning;
  readonly events: readonly LoggedEvent[];
  /** Undefined for a sync that was killed. */
  readonly ending: Ending | undefined;
}

/** Reads the lines of a log. Throws ConnectorError (config_error) with the line that is wrong. */
export function readLog(lines: Iterable<string>, name: string): RecordedLog {
  const line = z.discriminatedUnion('kind', [beginning(), exchange(), sleep(), ending()]);
  const events: LoggedEvent[] = [];
  let first: Beginning | undefined;
  let last: Ending | undefined;
  let number = 0;
  let broken: number | undefined;
  for (const one of lines) {
    number += 1;
    if (one === '') continue;
    if (broken !== undefined) throw noLine(name, broken);
    const value = parsedLine(one);
    const parsed = line.safeParse(value);
    if (!parsed.success) {
      refuseOtherFormat(value, name);
      if (first === undefined) throw noLine(name, number);
      // A sync that was killed may have left half a line, after which there is none.
      broken = number;
      continue;
    }
    const { data } = parsed;
    if (data.kind === 'begin') first = data;
    else if (data.kind === 'end') last = data;
    else events.push(data);
  }
  if (first === undefined)
    throw new ConnectorError(`${name} has no beginning: it is no log of "manifold read --log-to".`, {
      kind: 'config_error',
    });
  return { beginning: first, events, ending: last };
}

function noLine(name: string, line: number): ConnectorError {
  return new ConnectorError(
    `${name}:${line} is no line of a log that "manifold read --log-to" has written.`,
    {
      kind: 'config_error',
    },
  );
}

function refuseOtherFormat(value: unknown, name: string): void {
  if (!isObject(value) || value.kind !== 'begin' || value.format === 1 || value.format === undefined) return;
  throw new ConnectorError(
    `The log ${name} has the format ${String(value.format)}, as manifold ${String(value.version)} writes it, and this manifold reads format 1: replay it with the one that has written it.`,
    { kind: 'config_error' },
  );
}

function parsedLine(line: string): unknown {
  try {
    return parseJson(line);
  } catch {
    return undefined;
  }
}
