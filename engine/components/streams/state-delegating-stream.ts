import * as z from 'zod';
import type { StreamDefinition, StreamState } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { type Slot, slot } from '../../language/slots.ts';
import { fieldOf, type MappingNode, typeOf } from '../../manifest/node.ts';
import { readState } from '../../sync/state/codec.ts';
import { pyStr, pyTruth } from '../../template/python-values.ts';
import { datetimeFromMs } from '../../time/datetime.ts';
import { parseDuration, subtractDuration } from '../../time/duration.ts';

/** Reads everything when there is no state, and only changes when there is one: two streams under one name. */
export const StateDelegatingStream = component({
  family: 'Stream',
  type: 'StateDelegatingStream',
  doc: 'Chooses between two streams by whether there is a state.',
  fields: () => ({
    name: z.string().default('').describe('Name of the stream, and of both streams below.'),
    full_refresh_stream: slot('Stream', 'DeclarativeStream').describe('What is read without a state.'),
    incremental_stream: slot('Stream', 'DeclarativeStream').describe('What is read from a state on.'),
    api_retention_period: template()
      .optional()
      .describe(
        'How long the API of the incremental stream keeps changes (ISO 8601): an older state is dropped.',
      ),
  }),
  make(fields, scope): StreamDefinition {
    const { name, full_refresh_stream, incremental_stream } = fields;
    const { clock, log } = scope.sync;
    checkName(name, full_refresh_stream);
    checkName(name, incremental_stream);
    const evaluated = fields.api_retention_period?.(scope)();
    const retention = pyTruth(evaluated ?? null) ? pyStr(evaluated) : undefined;
    const period = retention === undefined ? undefined : parseDuration(retention);
    if (period !== undefined) {
      checkCursor(name, full_refresh_stream.node);
      checkCursor(name, incremental_stream.node);
    }
    const full = full_refresh_stream(scope);

    function isOutdated(state: StreamState, incremental: StreamDefinition): boolean {
      if (period === undefined) return false;
      const time = full.timeOf?.(state) ?? incremental.timeOf?.(state);
      if (time === undefined) return true;
      const oldest = subtractDuration(datetimeFromMs(clock.now()), period).timestamp() * 1000;
      if (time >= oldest) return false;
      log(
        'WARN',
        `The state of stream "${name}" is older than the ${retention} that the API keeps changes for: everything is read again.`,
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

function checkName(name: string, { node }: Slot<'Stream'>): void {
  const written = fieldOf(node, 'name');
  const own = written?.kind === 'scalar' ? String(written.value ?? '') : '';
  if (own === name) return;
  throw new ConnectorError(
    `A StateDelegatingStream and its two streams must have the same name, but one is "${name}" and the other "${own}".`,
    { kind: 'config_error', nodes: [written?.place ?? node.place] },
  );
}

function checkCursor(name: string, node: MappingNode): void {
  const incremental = fieldOf(node, 'incremental_sync');
  if (incremental === undefined || typeOf(incremental) !== 'IncrementingCountCursor') return;
  throw new ConnectorError(
    `Stream "${name}" counts (IncrementingCountCursor), so "api_retention_period" cannot tell how old its state is.`,
    { kind: 'config_error', nodes: [incremental.place] },
  );
}
