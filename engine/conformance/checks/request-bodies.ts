import { toValue } from '../../manifest/node.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { percentDecoded } from '../../util/url/percent-decoded.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { type DescribedOperations, describedOperations } from '../described-operations.ts';
import { looked, violation } from '../events.ts';
import { eachStream, type Simulated } from '../simulated/each-stream.ts';
import { firstField } from '../simulated/places.ts';
import { type SentRequest, valueAt } from '../simulated/run.ts';

export const requestBodies = defineCheck({
  id: 'request-bodies',
  group: 'requests',
  level: 'simulated',
  severity: 'warning',
  doc: 'with `--openapi`, each body of JSON that is sent is one that the description allows',
  async *run(subject) {
    const document = subject.openapi && toValue(subject.openapi);
    if (!isObject(document)) return;
    const described = describedOperations(document);
    yield* eachStream(subject, (simulated) => refusedBodies(simulated, document, described));
  },
});

function* refusedBodies(
  { stream, run }: Simulated,
  document: JsonObject,
  described: DescribedOperations,
): Generator<CheckEvent> {
  const told = new Set<string>();
  for (const sent of run.sent) {
    const { request, occasion } = sent;
    const operation = described
      .at(percentDecoded(request.url.pathname))
      .find(({ method }) => method === request.method);
    const body = bodyOf(sent);
    if (occasion?.stream !== stream.name || operation?.bodySchema === undefined || body === undefined)
      continue;
    yield looked(stream.name);
    // References lead into the description, so they are followed from its root.
    const problems = validateAgainstSchema(body, { ...document, ...operation.bodySchema });
    for (const { path, message } of problems) {
      // What may be null is said in another way by each version of OpenAPI.
      const field = path.join('.');
      if (valueAt(body, path.map(String)) === null || told.has(`${operation.path} ${field}`)) continue;
      told.add(`${operation.path} ${field}`);
      yield violation(
        firstField(occasion.requester, 'request_body', 'request_body_json', 'path'),
        `${request.method} ${operation.path} takes no such body by the description: ${field === '' ? 'it' : `"${field}"`} ${message}.`,
        { stream: stream.name },
      );
    }
  }
}

function bodyOf({ request: { body, headers } }: SentRequest): unknown {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (typeof body !== 'string' || type === undefined || !/json/.test(type)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
