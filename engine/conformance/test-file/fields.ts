import * as z from 'zod';

// The format of `NAME.test.yaml`: parser, type and editor schema at once.

const object = () => z.record(z.string(), z.unknown());

const text = () =>
  z
    .union([z.string(), z.number(), z.boolean()])
    .transform(String)
    .describe('A text; numbers are read as texts.');

/** Seconds as a number, or a number with its unit. */
const waitPattern = /^\d+(?:\.\d+)?(?:ms|s|m|h)$/;

const wait = () =>
  z.union([
    z.number(),
    z.string().regex(waitPattern, { error: 'a wait is written as 10s, 500ms, 2m or 1h' }),
  ]);

const reply = () =>
  z
    .strictObject({
      status: z.number().int().min(100).max(599).optional().describe('The status; 200 by default.'),
      headers: z.record(z.string(), text()).optional().describe('Headers of the answer.'),
      json: z.unknown().optional().describe('The body, sent as JSON.'),
      text: z.string().optional().describe('The body, sent as it is.'),
      base64: z.string().optional().describe('The body as bytes.'),
      error: z
        .enum(['reset', 'timeout', 'dns'])
        .optional()
        .describe('There is no answer: the connection breaks, or nothing comes, or there is no such host.'),
    })
    .describe('What the API answers.');

const exchange = () =>
  z.strictObject({
    on: z
      .string()
      .regex(/^[A-Z]+ \S+$/, { error: 'a method and a path are expected, such as "GET /items?page=2"' })
      .describe('Method and path, or a whole URL. `*` stands for one segment; a query is a subset.'),
    with: z
      .strictObject({
        query: object().optional().describe('Parameters that the request has; null: one that it has not.'),
        headers: object().optional().describe('Headers that the request has; null: one that it has not.'),
        body: z
          .unknown()
          .optional()
          .describe('A part of the body: of JSON or a form its fields, else its text.'),
      })
      .optional()
      .describe('What else the request has to have. A subset is enough.'),
    reply: reply().optional(),
    ...reply().shape,
    optional: z.boolean().optional().describe('It need not be asked for.'),
    times: z
      .union([z.number().int().min(1), z.literal('any')])
      .optional()
      .describe('How often it is asked for: once by default; `any` is once or more.'),
  });

const expectation = () =>
  z.strictObject({
    records: z
      .array(object())
      .optional()
      .describe('Records among those emitted, each by some of its fields. They are paired by primary key.'),
    exact: z
      .union([z.boolean(), z.array(object())])
      .optional()
      .describe('All records with all their fields; `true` makes `records` so.'),
    count: z.number().int().min(0).optional().describe('How many records are emitted.'),
    requests: z
      .union([z.number().int().min(0), z.array(z.string())])
      .optional()
      .describe('How many requests are sent, or which, as "GET /items?page=2".'),
    slices: z.number().int().min(0).optional().describe('How many slices are read.'),
    state: object().optional().describe('The last state, by some of its fields.'),
    states: z.array(object()).optional().describe('All states in order, each by some of its fields.'),
    status: z
      .enum(['COMPLETE', 'INCOMPLETE'])
      .optional()
      .describe('How the stream ends; COMPLETE by default.'),
    error: z
      .union([
        z.string(),
        z.strictObject({
          message: z.string().optional().describe('A part of the message.'),
          kind: z.enum(['config_error', 'transient_error', 'system_error']).optional(),
        }),
      ])
      .optional()
      .describe('The stream fails: a part of the message.'),
    schema: object()
      .optional()
      .describe("The stream's JSON schema with the test's config, by some of its fields."),
    primary_key: z
      .array(z.union([z.string(), z.array(z.string())]))
      .optional()
      .describe('All fields of the primary key, each by its name or its path.'),
    log: z.array(z.string()).optional().describe('Parts of messages that are logged.'),
    waits: z
      .array(wait())
      .optional()
      .describe(
        'All waits, in order, as they were or as the API asked for them: a strategy waits a second longer.',
      ),
    check: z
      .union([
        z.enum(['SUCCEEDED', 'FAILED']),
        z.strictObject({
          status: z.enum(['SUCCEEDED', 'FAILED']),
          message: z.string().optional().describe('A part of the message.'),
        }),
      ])
      .optional()
      .describe('What `check` says of the config; the test then reads no stream.'),
    jsonpath: z
      .record(z.string(), z.unknown())
      .optional()
      .describe(
        'JSONPaths into what came out (records, states, state, requests, waits, logs, errors, status), each with the value it leads to. Of several, a list.',
      ),
  });

const test = () =>
  z.strictObject({
    name: z.string().describe('What it shows.'),
    stream: z.string().optional().describe('The stream that is read.'),
    skip: z.string().min(1).optional().describe('It is not run, for this reason.'),
    config: object()
      .optional()
      .describe('Fields that take the place of those of the file; null takes one away.'),
    now: z.string().optional().describe('The clock starts here, instead of where the file says.'),
    state: object().optional().describe('The state that the stream has been left in.'),
    recorded: z.string().optional().describe('The day on which the API answered like this.'),
    http: z.array(exchange()).optional().describe('What is asked and answered, in order where it matters.'),
    expect: expectation().optional(),
  });

/** The whole file. */
export const testFileFields = () =>
  z.strictObject({
    manifest: z
      .string()
      .optional()
      .describe('The manifest, beside this file; NAME.yaml of NAME.test.yaml by default.'),
    now: z
      .string()
      .optional()
      .describe('Where the clock starts, as 2026-03-01T00:00:00Z. Waiting moves it on.'),
    config: object().optional().describe('The config; by default one made out of the spec.'),
    skip: z
      .record(
        z.string(),
        z.union([z.string().min(1), z.record(z.string(), z.string().min(1))], {
          error: 'a reason is expected, or a mapping of streams to reasons',
        }),
      )
      .optional()
      .describe('Built-in checks that need not hold, each with a reason, or with one for each stream.'),
    mutants: z
      .record(
        z.string(),
        z.union([z.string().min(1), z.record(z.string(), z.string().min(1))], {
          error: 'a reason is expected, or a mapping of changes to reasons',
        }),
      )
      .optional()
      .describe(
        'Mutants of `--mutate` that may survive: a path in the manifest (`*` is one step, `**` any), with a reason, or with one for each change.',
      ),
    tests: z.array(test()).optional().describe('Tests of streams against exchanges.'),
  });

export type TestFileFields = z.output<ReturnType<typeof testFileFields>>;
export type TestFields = NonNullable<TestFileFields['tests']>[number];
export type ExchangeFields = NonNullable<TestFields['http']>[number];
export type ExpectationFields = NonNullable<TestFields['expect']>;
