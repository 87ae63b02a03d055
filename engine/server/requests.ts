import * as z from 'zod';

const context = z.object({ workspace_id: z.string().nullish(), project_id: z.string().nullish() }).nullish();
const mapping = z.record(z.string(), z.unknown());
const count = (from: { readonly max: number; readonly otherwise: number }) =>
  z.preprocess(
    // Clients that build their requests from forms send digits.
    (value) => (typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value),
    z.int().min(1).max(from.max).default(from.otherwise),
  );

/** An object, or YAML text: places in messages are then lines of it. */
const manifest = z.union([mapping, z.string()]);

/** The bodies of the API's requests. */
export const requestBodies = {
  resolve: z.object({ manifest, context }),
  fullResolve: z.object({
    manifest,
    config: mapping,
    stream_limit: count({ max: 100, otherwise: 100 }),
    context,
  }),
  check: z.object({ manifest, config: mapping, context }),
  discover: z.object({ manifest, config: mapping, context }),
  testRead: z.object({
    manifest,
    config: mapping,
    stream_name: z.string(),
    state: z.array(z.unknown()).default([]),
    custom_components_code: z.string().nullish(),
    record_limit: count({ max: 5000, otherwise: 100 }),
    page_limit: count({ max: 20, otherwise: 5 }),
    slice_limit: count({ max: 20, otherwise: 5 }),
    context,
  }),
} as const;

export type RequestBodies = {
  readonly [Name in keyof typeof requestBodies]: z.output<(typeof requestBodies)[Name]>;
};

/** One thing that is wrong with a body, and where it is. */
export interface BodyProblem {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

export function bodyProblems({ issues }: z.ZodError): BodyProblem[] {
  return issues.map(({ code, path, message }) => ({
    loc: ['body', ...path.map((step) => (typeof step === 'symbol' ? String(step) : step))],
    msg: message,
    type: code,
  }));
}
