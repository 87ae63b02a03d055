import * as z from 'zod';
import { component } from '../../language/component.ts';
import { unread } from '../../language/field-meta.ts';
import { numberOrTemplate } from '../../language/fields.ts';
import { part, slot } from '../../language/slots.ts';

/** A stream of a group, which may have its name from its parameters, as elsewhere. */
const named = { name: z.string().optional() };
const memberOfGroup = z.looseObject({ ...named, $parameters: z.looseObject(named).optional() });
const nameOfMember = ({ name, $parameters }: z.output<typeof memberOfGroup>) =>
  name ?? $parameters?.name ?? [];

/** There is one, so its name is all that can be wrong with it. */
const groupAction = () =>
  z.looseObject({
    type: z
      .literal('BlockSimultaneousSyncsAction', {
        error: ({ input }) =>
          `"${String(input)}" is no action of a group: "BlockSimultaneousSyncsAction" is the only one`,
      })
      .optional(),
  });

/** The root of a manifest. Streams stay trees here: each is made separately, when a command needs it. */
export const DeclarativeSource = component({
  family: 'Source',
  type: 'DeclarativeSource',
  doc: 'A connector: its streams, how to check it, and the config it needs.',
  fields: () => ({
    version: z.string().describe('Version of the language the manifest was written for.'),
    check: slot('Check', 'CheckStream').describe('How to find out that a config works.'),
    streams: z
      .array(part('Stream', 'DeclarativeStream', ['ConditionalStreams']))
      .optional()
      .describe('The streams.'),
    dynamic_streams: z
      .array(slot('DynamicStream', 'DynamicDeclarativeStream'))
      .optional()
      .describe('Streams that are made from a template at run time.'),
    spec: slot('Spec', 'Spec').optional().describe('The config the connector needs.'),
    concurrency_level: slot('ConcurrencyLevel', 'ConcurrencyLevel')
      .optional()
      .describe('How many slices are read at once.'),
    api_budget: slot('ApiBudget', 'HTTPAPIBudget').optional().describe('How many requests the API allows.'),
    stream_groups: z
      .record(z.string(), z.object({ streams: z.array(memberOfGroup), action: groupAction().optional() }))
      .optional()
      .describe('Streams that must not be read at the same time, by the name of their group.'),
    max_concurrent_async_job_count: numberOrTemplate()
      .optional()
      .describe('How many jobs of AsyncRetrievers may run at once.'),
    definitions: unread().optional().describe('Parts that $ref points to.'),
    schemas: unread().optional().describe('JSON schemas that $ref points to.'),
    metadata: unread().optional().describe('Data of tools; not read.'),
    description: z.string().optional().describe('What the connector is for.'),
  }),
  *check({ streams, dynamic_streams }) {
    if (streams === undefined && dynamic_streams === undefined) {
      yield {
        message: 'The manifest has no streams: it needs the field "streams" or "dynamic_streams".',
      };
    }
  },
  make(fields, scope) {
    const jobs = fields.max_concurrent_async_job_count?.(scope)();
    const groups = Object.entries(fields.stream_groups ?? {});
    return {
      check: fields.check?.node,
      streams: (fields.streams ?? []).map(({ node }) => node),
      dynamicStreams: (fields.dynamic_streams ?? []).map(({ node }) => node),
      spec: fields.spec?.node,
      concurrencyLevel: fields.concurrency_level?.node,
      apiBudget: fields.api_budget?.node,
      streamGroups: new Map(groups.map(([name, { streams }]) => [name, streams.flatMap(nameOfMember)])),
      asyncJobLimit: typeof jobs === 'number' ? jobs : undefined,
    };
  },
});
