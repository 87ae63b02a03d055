import * as z from 'zod';
import type { StreamDefinition, StreamState } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { durationTemplate } from '../../language/field-types/duration.ts';
import { slot } from '../../language/slots.ts';
import { readState } from '../../sync/state/codec.ts';
import { datetimeFromMs } from '../../time/datetime.ts';
import { subtractDuration } from '../../time/duration.ts';

/** Reads everything when there is no state, and only changes when there is one: two streams under one name. */
export const StateDelegatingStream = component({
  family: 'Stream',
  type: 'StateDelegatingStream',
  doc: 'Chooses between two streams by whether there is a state.',
  fields: () => ({
    name: z.string().default('').describe('Name of the stream, and of both streams below.'),
    full_refresh_stream: slot('Stream', 'DeclarativeStream').describe('What is read without a state.'),
    incremental_stream: slot('Stream', 'DeclarativeStream').describe('What is read from a state on.'),
    api_retention_period: durationTemplate()
      .optional()
      .describe(
        'How long the API of the incremental stream keeps changes (ISO 8601): an older state is dropped.',
      ),
  }),
  reading: { oneOf: ['full_refresh_stream', 'incremental_stream'] },
  make(fields, scope): StreamDefinition {
    const { name, full_refresh_stream, incremental_stream } = fields;
    const { clock, log } = scope.sync;
    const retention = fields.api_retention_period;
    const period = retention?.(scope)();
    const full = full_refresh_stream(scope);

    function isOutdated(state: StreamState, incremental: StreamDefinition): boolean {
      if (period === undefined) return false;
      const time = full.timeOf?.(state) ?? incremental.timeOf?.(state);
      if (time === undefined) return true;
      const oldest = subtractDuration(datetimeFromMs(clock.now()), period).timestamp() * 1000;
      if (time >= oldest) return false;
      log(
        'WARN',
        `The state of stream "${name}" is older than the ${retention?.text} that the API keeps changes for: everything is read again.`,
      );
      return true;
    }

    return {
      ...full,
      name,
      open(options) {
        const { state } = options;
        if (state === undefined || readState(state) === undefined) return full.open(options);
        const incremental = incremental_stream(scope);
        if (!isOutdated(state, incremental)) return incremental.open(options);
        return { ...full.open({ ...options, state: undefined }), firstState: {} };
      },
    };
  },
});
