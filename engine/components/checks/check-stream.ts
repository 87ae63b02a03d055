import * as z from 'zod';
import type { CheckedSource, StreamDefinition } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Place } from '../../error/place.ts';
import { unknownStream } from '../../error/unknown-stream.ts';
import { component } from '../../language/component.ts';
import { fieldOf, type MappingNode } from '../../manifest/node.ts';
import { checkAll } from './check-availability.ts';

/** The config key with which the platform restricts a check to some streams. */
const streamNamesKey = '__airbyte_check_stream_names';

export const CheckStream = component({
  family: 'Check',
  type: 'CheckStream',
  doc: 'Checks a config by reading a record of each of some streams.',
  fields: () => ({
    stream_names: z.array(z.string()).optional().describe('The streams to read from.'),
    dynamic_streams_check_configs: z
      .array(
        z.object({
          dynamic_stream_name: z.string().describe('Name of the dynamic stream.'),
          stream_count: z
            .int()
            .min(0)
            .optional()
            .describe('How many of its streams to check; all by default.'),
        }),
      )
      .optional()
      .describe('How many streams to check of those that are made at run time.'),
    config_overrides: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Values that replace those of the config while checking.'),
  }),
  make({ stream_names = [], dynamic_streams_check_configs = [], config_overrides }, scope) {
    return {
      configOverrides: config_overrides,
      async check(source) {
        const chosen = chosenNames(scope.config()[streamNamesKey]);
        const names = chosen ?? stream_names;
        const places = chosen === undefined ? itemPlaces(scope.node) : [];
        if (
          source.streamNames.length === 0 &&
          [...(await source.dynamicStreams()).values()].flat().length === 0
        ) {
          return { succeeded: false, message: 'The manifest has no streams to connect to.' };
        }
        await source.willRead(names);
        for (const [index, name] of names.entries()) {
          const checked = await checkAll([await streamNamed(name, source, places[index])]);
          if (!checked.succeeded) return checked;
        }
        if (dynamic_streams_check_configs.length === 0) return { succeeded: true };
        const dynamic = await source.dynamicStreams();
        for (const { dynamic_stream_name, stream_count } of dynamic_streams_check_configs) {
          const streams = dynamic.get(dynamic_stream_name);
          if (streams === undefined) {
            return {
              succeeded: false,
              message: `Dynamic stream "${dynamic_stream_name}" is not in the manifest.`,
            };
          }
          const checked = await checkAll(streams.slice(0, stream_count).map((stream) => () => stream));
          if (!checked.succeeded) return checked;
        }
        return { succeeded: true };
      },
    };
  },
});

function itemPlaces(check: MappingNode): readonly Place[] {
  const names = fieldOf(check, 'stream_names');
  return names?.kind === 'sequence' ? names.items.map(({ place }) => place) : [];
}

/**
 * A stream that does not exist is an error in the line that names it and says nothing about the config, so the check
 * itself fails.
 */
async function streamNamed(
  name: string,
  source: CheckedSource,
  place: Place | undefined,
): Promise<() => StreamDefinition> {
  if (source.streamNames.includes(name)) return () => source.define(name);
  const streams = [...(await source.dynamicStreams()).values()].flat();
  const found = streams.find((stream) => stream.name === name);
  if (found !== undefined) return () => found;
  const known = [...source.streamNames, ...streams.map((stream) => stream.name)];
  throw new ConnectorError(unknownStream(name, known), {
    kind: 'system_error',
    nodes: place === undefined ? [] : [place],
  });
}

function chosenNames(value: unknown): readonly string[] | undefined {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  if (Array.isArray(value) && value.every((name): name is string => typeof name === 'string')) return value;
  throw new ConnectorError(`"${streamNamesKey}" in the config must be a list of stream names.`, {
    kind: 'config_error',
  });
}
