import type { ConnectorError } from '../../error/connector-error.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { type Place, placeKey } from '../../error/place.ts';
import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { walk } from '../../manifest/walk.ts';
import { neededMembers } from '../../template/member-uses.ts';
import { isObject } from '../../util/json/json.ts';
import { exampleValue } from '../../util/schema/example-value.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck, type Violation } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { filledConfig } from '../filled-config.ts';
import { type FirstRequests, openUnanswered } from '../first-requests.ts';
import { once } from '../once.ts';
import { recalled } from '../recalled.ts';
import { oddities } from '../request-oddities.ts';
import { textsOf } from '../schema-walk.ts';
import { propertyAt } from '../spec-paths.ts';
import type { SpecAt, StreamAt, Subject } from '../subject.ts';

export const specOptional = defineCheck({
  id: 'spec-optional',
  group: 'spec',
  level: 'static',
  severity: 'error',
  saysMoreThan: ['config-fields'],
  doc: 'with the required fields and those that have a default, the first request of every stream is complete: an absolute URL, nothing undefined in it',
  async *run(subject) {
    const { spec, now } = subject;
    if (spec === undefined) return;
    yield* unmeasured(subject.source, spec);
    let isRefused = false;
    const least = exampleValue(spec.schema, {
      now,
      wants(_name, property) {
        if (property.default === undefined) return false;
        // What a property's own schema refuses, nobody can leave as it is.
        const isUsable = validateAgainstSchema(property.default, property).length === 0;
        isRefused ||= !isUsable;
        return isUsable;
      },
    });
    const leastConfig = isObject(least) ? least : {};
    const api = openUnanswered(subject, leastConfig);
    const whole = openUnanswered(subject, filledConfig(spec, leastConfig, now));
    const told = new Set<string>();
    const isFirst = once();
    const isNew = ({ places: [place] }: Violation) => place === undefined || isFirst({ place });
    try {
      for (const stream of await subject.streams()) {
        if (stream.definition === undefined || stream.broken !== undefined) continue;
        let cause: string | undefined;
        const events = recalled(subject, stream.name, async function* () {
          const asked = await api.askedBy(stream);
          if (asked.requests.length === 0) cause = asked.error?.message;
          // What is wrong with every config is not for want of a field.
          if (cause !== undefined && (await whole.askedBy(stream)).error?.message === cause)
            yield notRun(cause, stream.name);
          else yield* incomplete(subject, spec, stream, asked, isRefused);
        });
        for await (const event of events) {
          const isKnown = event.kind === 'violation' && cause !== undefined && told.has(cause);
          // All that read what no config has ask for the same.
          if (event.kind === 'violation' && isLost(subject, event) && !isNew(event))
            yield looked(stream.name);
          else yield isKnown ? notRun(cause ?? '', stream.name) : event;
        }
        if (cause !== undefined) told.add(cause);
      }
    } finally {
      await api.close();
      await whole.close();
    }
  },
});

function* incomplete(
  subject: Subject,
  spec: SpecAt,
  stream: StreamAt,
  { requests, error }: FirstRequests,
  isRefused: boolean,
): Generator<CheckEvent> {
  if (requests.length > 0) {
    yield looked(stream.name);
    const odd = requests.flatMap((request) => oddities(request))[0];
    if (odd === undefined) return;
    const at = written(stream.at, 'retriever', 'requester') ?? stream.at.node;
    // A default that was meant and is none is the likelier cause.
    const lost = isRefused ? undefined : lostIn(at, subject);
    if (lost?.places[0] !== undefined) {
      yield violation(
        { place: lost.places[0] },
        `${lost.message} So stream "${stream.name}" asks for ${odd}.`,
        { stream: stream.name, offset: lost.offset },
      );
      return;
    }
    yield violation(
      at,
      `With the required fields of the config alone, stream "${stream.name}" asks for ${odd}.`,
      { stream: stream.name, ...(isRefused && { severity: 'warning' as const }) },
    );
  } else if (error === undefined) {
    yield notRun('it asks nothing before another stream has answered', stream.name);
  } else if (saysItself(error, spec, stream)) {
    yield notRun(error.message, stream.name);
  } else {
    yield violation(
      fieldOf(spec.node, 'required') ?? spec.node,
      `With the required fields of the config and its defaults alone, stream "${stream.name}" cannot ask anything: ${error.message}`,
      { stream: stream.name, severity: 'warning', also: error.nodes },
    );
  }
}

/** A hook, and the rules of a spec, have words of their own for what a config needs beyond its required fields. */
function saysItself(error: ConnectorError, spec: SpecAt, stream: StreamAt): boolean {
  if (error.kind !== 'config_error') return false;
  return error.nodes.some(isIn(spec.whole)) || visit(stream.at).some(({ isHook }) => isHook);
}

/** What a request reads of the config that no config has. */
function lostIn(requester: ManifestNode, { findings }: Subject): Diagnostic | undefined {
  const isWithin = isIn(requester);
  return findings().find(
    ({ rule, places: [place] }) => rule === 'config-fields' && place !== undefined && isWithin(place),
  );
}

function isIn(root: ManifestNode): (place: Place) => boolean {
  const within = new Set([...walk(root)].map(({ node }) => placeKey(node.place)));
  return (place) => within.has(placeKey(place));
}

function isLost({ findings }: Subject, { places: [place] }: Violation): boolean {
  const isThere = (other: Place | undefined) =>
    other !== undefined && place !== undefined && placeKey(other) === placeKey(place);
  return findings().some(({ rule, places }) => rule === 'config-fields' && isThere(places[0]));
}

/** `P{{ config.days }}D` without days is no duration. */
function* unmeasured(source: ComponentAt, { node }: SpecAt): Generator<CheckEvent> {
  const required = textsOf(fieldOf(node, 'required'));
  const isNew = once();
  for (const at of visit(source)) {
    if (at.family !== 'IncrementalSync' || at.isHook) continue;
    for (const field of ['step', 'lookback_window', 'cursor_granularity']) {
      const text = textIn(at, field) ?? '';
      const duration = written(at, field);
      if (duration === undefined || !/^P(?:T?\d*)?\{\{/.test(text) || !isNew(duration)) continue;
      for (const { name, member, deeper } of neededMembers(text)) {
        const property = propertyAt(node, [member]);
        if (name !== 'config' || deeper.length > 0 || property === undefined || required.includes(member))
          continue;
        if (fieldOf(property, 'default') !== undefined) continue;
        yield violation(
          property,
          `"${member}" is not required and has no default, and "${field}" is made of it: without it, "${text}" is no duration.`,
          { severity: 'warning', also: [duration.place] },
        );
      }
    }
  }
}
