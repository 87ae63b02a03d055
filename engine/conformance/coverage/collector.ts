import type { Decision } from '../../contract/decision.ts';
import type { Place } from '../../error/place.ts';
import { fieldOf, type MappingNode } from '../../manifest/node.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { alternativesOf } from '../../util/schema/alternatives-of.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { listOf, schemasIn } from '../schema-walk.ts';
import type { Subject } from '../subject.ts';
import type { Coverage, CoveragePoint } from './coverage.ts';
import { seenFields, valuesIn } from './seen-fields.ts';
import { type Choice, placeKey, waysOf } from './ways.ts';

export interface CoverageCollector {
  /** Told of what a test decides, between `begins` and `ends`. */
  onDecision(decision: Decision): void;
  begins(run: {
    readonly stream: string | undefined;
    readonly hasState: boolean;
    readonly config: JsonObject;
  }): void;
  ends(records: readonly JsonObject[]): void;
  /** What was seen so far. */
  seen(): Seen;
  /** Counts in what a collector of the same manifest has seen, which may be in another thread. */
  add(seen: Seen): void;
  result(): Promise<Coverage>;
}

/** What tests have taken and found, as it may be sent to another thread. */
export interface Seen {
  /** How often each way was taken. */
  readonly hits: ReadonlyMap<string, number>;
  /** Paths of values in the records of each stream. */
  readonly paths: ReadonlyMap<string, ReadonlySet<string>>;
  readonly configs: readonly JsonObject[];
}

/** Collects which ways through a manifest its tests take. What there is to take is read off the manifest. */
export function collectCoverage(subject: Subject): CoverageCollector {
  const { streams, direct } = waysOf(subject.source);
  const hits = new Map<string, number>();
  const paths = new Map<string, Set<string>>();
  const partitions = new Map<string, number>();
  const configs: JsonObject[] = [];
  let running: string | undefined;

  function hit(place: Place | undefined, name: string, way: string, times = 1): void {
    if (place === undefined) return;
    const key = `${placeKey(place)} ${name} ${way}`;
    hits.set(key, (hits.get(key) ?? 0) + times);
  }
  const take = (choice: Choice | undefined, way: string, times = 1) =>
    choice && hit(choice.place, choice.name, way, times);

  function pathsOf(stream: string): Set<string> {
    const known = paths.get(stream) ?? new Set();
    paths.set(stream, known);
    return known;
  }

  return {
    onDecision(decision) {
      const { kind, place, stream = '' } = decision;
      const choices = streams.get(stream);
      if (kind === 'filter.match') hit(place, 'response filter', 'matched');
      else if (kind === 'backoff.wait') hit(place, 'backoff', 'waited');
      else if (kind === 'template.branch') {
        const { of, offset, arm } = decision.outcome;
        hit(place, `${of} at ${offset}`, String(arm));
      } else if (kind === 'partition') partitions.set(stream, (partitions.get(stream) ?? 0) + 1);
      else if (kind === 'record.drop') {
        if (decision.outcome.by === 'cursor') take(choices?.clientFilter, 'dropped');
        else take(choices?.recordFilter, 'dropped');
      } else if (kind === 'page.stop' && decision.outcome.reason !== 'limit')
        take(choices?.paginator, 'last page');
      else if (kind === 'page.read') {
        if ((decision.page ?? 1) > 1) take(choices?.paginator, 'page 2');
        for (const filter of choices?.filters ?? []) take(filter, 'not matched');
        if (decision.outcome.emitted > 0) {
          take(choices?.recordFilter, 'kept');
          take(choices?.clientFilter, 'kept');
        }
      }
    },
    begins({ stream, hasState, config }) {
      running = stream;
      partitions.clear();
      configs.push(config);
      if (stream !== undefined) take(streams.get(stream)?.state, hasState ? 'present' : 'absent');
    },
    ends(emitted) {
      for (const [stream, { partitions: choice }] of streams) {
        const count = partitions.get(stream) ?? 0;
        // A stream of which nothing was asked for has not been read.
        if (count > 0 || stream === running)
          take(choice, count === 0 ? 'none' : count === 1 ? 'one' : 'many');
      }
      if (running === undefined) return;
      const known = pathsOf(running);
      for (const record of emitted) for (const path of valuesIn(record, '')) known.add(path);
    },
    seen: () => ({ hits, paths, configs }),
    add(others) {
      for (const [key, times] of others.hits) hits.set(key, (hits.get(key) ?? 0) + times);
      for (const [stream, found] of others.paths) for (const path of found) pathsOf(stream).add(path);
      configs.push(...others.configs);
    },
    async result() {
      const choices = new Map<string, Choice>();
      for (const choice of [...direct, ...[...streams.values()].flatMap(choicesIn)])
        choices.set(`${placeKey(choice.place)} ${choice.name} ${choice.ways.join()}`, choice);
      const points = [...choices.values()].flatMap(({ place, name, ways }) =>
        ways.map(
          (way): CoveragePoint => ({
            place,
            choice: name,
            way,
            hits: hits.get(`${placeKey(place)} ${name} ${way}`) ?? 0,
          }),
        ),
      );
      const all = [...points, ...armsOf(subject, configs)];
      all.sort(
        (a, b) => a.place.source.name.localeCompare(b.place.source.name) || a.place.start - b.place.start,
      );
      return { points: all, fields: await seenFields(subject, paths) };
    },
  };
}

function choicesIn({
  filters,
  ...others
}: ReturnType<typeof waysOf>['streams'] extends ReadonlyMap<string, infer C> ? C : never): readonly Choice[] {
  return [...filters, ...Object.values(others).filter((choice) => choice !== undefined)];
}

/** The alternatives of the spec, and how many of the configs were of each. */
function armsOf({ spec }: Subject, configs: readonly JsonObject[]): readonly CoveragePoint[] {
  if (spec === undefined) return [];
  return [...schemasIn(spec.node)].flatMap(({ node, path }) =>
    listOf(fieldOf(node, 'oneOf')).map((variant, index): CoveragePoint => {
      const isOf = (config: JsonObject) => {
        const value = valueAt(config, path);
        const schema = schemaAt(spec.schema, path)[index];
        return (
          value !== undefined && schema !== undefined && validateAgainstSchema(value, schema).length === 0
        );
      };
      return {
        place: variant.place,
        choice: 'oneOf',
        way: titleOf(variant as MappingNode, index),
        hits: configs.filter(isOf).length,
      };
    }),
  );
}

function titleOf(variant: MappingNode, index: number): string {
  const title = fieldOf(variant, 'title');
  return title?.kind === 'scalar' ? String(title.value) : `variant ${index + 1}`;
}

function schemaAt(schema: JsonObject, path: readonly string[]): readonly JsonObject[] {
  let at: JsonObject | undefined = schema;
  for (const step of path) {
    const properties: unknown = at?.['properties'];
    const next: unknown = isObject(properties) ? properties[step] : undefined;
    at = isObject(next) ? next : undefined;
  }
  return at === undefined ? [] : alternativesOf(at);
}

function valueAt(config: JsonObject, path: readonly string[]): unknown {
  let at: unknown = config;
  for (const step of path) at = isObject(at) ? at[step] : undefined;
  return at;
}
