import { isObject } from '../../util/json/json.ts';
import { exampleValue } from '../../util/schema/example-value.ts';
import { written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { firstRequests } from '../first-requests.ts';
import { oddities } from '../request-oddities.ts';

export const specOptional = defineCheck({
  id: 'spec-optional',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: 'with the required fields and those that have a default, the first request of every stream is complete: an absolute URL, nothing undefined in it',
  async *run(subject) {
    const { spec, now } = subject;
    if (spec === undefined) return;
    const told = new Set<string>();
    const least = exampleValue(spec.schema, {
      now,
      wants: (_name, { default: value }) => value !== undefined,
    });
    for (const { stream, requests, error } of await firstRequests(subject, isObject(least) ? least : {})) {
      if (requests.length === 0) {
        if (error === undefined)
          yield notRun('it asks nothing before another stream has answered', stream.name);
        else if (told.has(error.message) || error.kind === 'config_error')
          yield notRun(error.message, stream.name);
        else {
          told.add(error.message);
          yield violation(
            written(spec.at, 'connection_specification', 'required') ?? spec.node,
            `With the required fields of the config and its defaults alone, stream "${stream.name}" cannot ask anything: ${error.message}`,
            { stream: stream.name, severity: 'warning', also: error.nodes },
          );
        }
        continue;
      }
      yield looked(stream.name);
      const odd = requests.flatMap((request) => oddities(request))[0];
      if (odd === undefined) continue;
      const at = written(stream.at, 'retriever', 'requester') ?? stream.at.node;
      yield violation(
        at,
        `With the required fields of the config alone, stream "${stream.name}" asks for ${odd}.`,
        {
          stream: stream.name,
        },
      );
    }
  },
});
