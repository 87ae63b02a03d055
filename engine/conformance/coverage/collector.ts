import type { Decision } from '../../contract/decision.ts';
import type { Place } from '../../error/place.ts';
import { fieldOf, type MappingNode } from '../../manifest/node.ts';
import { remembered } from '../../util/flow/remembered.ts';
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
  /** What was seen so far, in the tests of each stream; undefined stands for those that read none. */
  seen(): SeenByStream;
  /** Counts in what a collector of the same manifest has seen, which may be in another thread. */
  add(seen: SeenByStream): void;
  result(): Promise<Coverage>;
}

/** What tests have taken and found, as it may be sent to another thread. */
export interface Seen {
  /** How often each way was taken. */
  readonly hits: ReadonlyMap<string, Hit>;
  /** Paths of values in the records. */
  readonly paths: ReadonlySet<string>;
  readonly configs: readonly JsonObject[];
}

export interface Hit {
  readonly place: Place;
  /** The choice and the way. */
  readonly what: string;
  readonly times: number;
}

export type SeenByStream = ReadonlyMap<string | undefined, Seen>;

interface Counted extends Hit {
  times: number;
}

interface Seeing extends Seen {
  readonly hits: Map<string, Counted>;
  readonly paths: Set<string>;
  readonly configs: JsonObject[];
}

/** Collects which ways through a manifest its tests take. What there is to take is read off the manifest. */
export function collectCoverage(subject: Subject): CoverageCollector {
  const { streams, direct } = waysOf(subject.source);
  const all = new Map<string | undefined, Seeing>();
  const partitions = new Map<string, number>();
  let running: string | undefined;
  /** Those of the running stream by their places, which are counted again and again. */
  let counted = new Map<Place, Map<string, Counted>>();

  function seeing(stream: string | undefined): Seeing {
    return remembered(all, stream, () => ({ hits: new Map(), paths: new Set(), configs: [] }));
  }

  function counter({ hits }: Seeing, place: Place, what: string): Counted {
    return remembered(hits, `${placeKey(place)} ${what}`, () => ({ place, what, times: 0 }));
  }

  function hit(place: Place | undefined, name: string, way: string, times = 1): void {
    if (place === undefined) return;
    const what = `${name} ${way}`;
    const ways = remembered(counted, place, () => new Map<string, Counted>());
    remembered(ways, what, () => counter(seeing(running), place, what)).times += times;
  }
  const take = (choice: Choice | undefined, way: string, times = 1) =>
    choice && hit(choice.place, choice.name, way, times);

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
      if (running !== stream) counted = new Map();
      running = stream;
      partitions.clear();
      seeing(running).configs.push(config);
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
      const { paths } = seeing(running);
      for (const record of emitted) for (const path of valuesIn(record, '')) paths.add(path);
    },
    seen: () => all,
    add(others) {
      for (const [stream, { hits, paths, configs }] of others) {
        const own = seeing(stream);
        for (const { place, what, times } of hits.values()) counter(own, place, what).times += times;
        for (const path of paths) own.paths.add(path);
        own.configs.push(...configs);
      }
    },
    async result() {
      const seen = [...all.values()];
      const timesOf = (key: string) =>
        seen.reduce((times, { hits }) => times + (hits.get(key)?.times ?? 0), 0);
      const choices = new Map<string, Choice>();
      for (const choice of [...direct, ...[...streams.values()].flatMap(choicesIn)])
        choices.set(`${placeKey(choice.place)} ${choice.name} ${choice.ways.join()}`, choice);
      const points = [...choices.values()].flatMap(({ place, name, ways }) =>
        ways.map(
          (way): CoveragePoint => ({
            place,
            choice: name,
            way,
            hits: timesOf(`${placeKey(place)} ${name} ${way}`),
          }),
        ),
      );
      const configs = seen.flatMap((each) => each.configs);
      const ways = [...points, ...armsOf(subject, configs)];
      ways.sort(
        (a, b) => a.place.source.name.localeCompare(b.place.source.name) || a.place.start - b.place.start,
      );
      const paths = new Map(
        [...all].flatMap(([stream, each]) => (stream === undefined ? [] : [[stream, each.paths]])),
      );
      return { points: ways, fields: await seenFields(subject, paths) };
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
