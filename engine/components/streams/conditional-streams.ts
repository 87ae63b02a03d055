import * as z from 'zod';
import { component } from '../../language/component.ts';
import { condition } from '../../language/fields.ts';
import { part } from '../../language/slots.ts';

export const ConditionalStreams = component({
  family: 'ConditionalStreams',
  type: 'ConditionalStreams',
  doc: 'Streams that exist only when the config meets a condition.',
  fields: () => ({
    condition: condition().describe('Template over the config.'),
    streams: z.array(part('Stream', 'DeclarativeStream')).describe('The streams.'),
  }),
  make({ condition: isMet, streams }, scope) {
    return { streams: isMet(scope)() ? streams.map(({ node }) => node) : [] };
  },
});
