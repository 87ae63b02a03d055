import * as z from 'zod';
import { component } from '../../language/component.ts';
import { checkAll } from './check-availability.ts';

export const CheckDynamicStream = component({
  family: 'Check',
  type: 'CheckDynamicStream',
  doc: 'Checks a config by reading from the first few streams, whichever they are.',
  fields: () => ({
    stream_count: z.int().min(0).describe('How many streams to check.'),
    use_check_availability: z
      .boolean()
      .default(true)
      .describe('Whether to read a record of each, or only to list them.'),
    config_overrides: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Values that replace those of the config while checking.'),
  }),
  make({ stream_count, use_check_availability, config_overrides }) {
    return {
      configOverrides: config_overrides,
      async check(source) {
        const dynamic = [...(await source.dynamicStreams()).values()].flat();
        const streams = [
          ...source.streamNames.map((name) => () => source.define(name)),
          ...dynamic.map((stream) => () => stream),
        ];
        if (streams.length === 0)
          return { succeeded: false, message: 'The manifest has no streams to connect to.' };
        return use_check_availability ? checkAll(streams.slice(0, stream_count)) : { succeeded: true };
      },
    };
  },
});
