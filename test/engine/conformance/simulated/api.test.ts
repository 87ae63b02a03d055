import { createSubject } from '../../../../engine/conformance/create-subject.ts';
import { simulatedOnce } from '../../../../engine/conformance/simulated/each-stream.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';

/** Streams of which each is read of each record of the one before. */
function chain(length: number): string {
  const streams = Array.from({ length }, (_, level) => {
    const router =
      level === 0
        ? ''
        : `partition_router: { type: SubstreamPartitionRouter, parent_stream_configs: [{ type: ParentStreamConfig, parent_key: id, partition_field: above, stream: { $ref: "#/definitions/level_${level - 1}" } }] }`;
    return `  level_${level}:
    type: DeclarativeStream
    name: level_${level}
    primary_key: [id]
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: integer } } } }
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.test/${level}${level === 0 ? '' : '/{{ stream_partition.above }}'}" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [items] } }
      paginator: { type: NoPagination }
      ${router}`;
  });
  return `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [level_0] }
definitions:
${streams.join('\n')}
streams: [${Array.from({ length }, (_, level) => `{ $ref: "#/definitions/level_${level}" }`).join(', ')}]
`;
}

describe('a simulated API', () => {
  it('has a few records of each level, and of a stream far below not many times as many', async () => {
    const levels = 6;
    const manifest = loadManifest({ name: 'x.yaml', text: chain(levels) });
    const subject = createSubject({ file: 'x.yaml', manifest });
    const records: number[] = [];
    for (const stream of await subject.streams()) {
      const simulated = await simulatedOnce(subject, stream);
      if (typeof simulated === 'string') throw new Error(simulated);
      const { run } = simulated;
      // Each partition is asked for, the first has more than one record, and all keys are another.
      expect(new Set(run.records.map(({ id }) => id)).size).toBe(run.records.length);
      const own = run.asked.filter(({ about }) => about.stream === stream.name);
      expect(run.records.length).toBeGreaterThan(own.length);
      expect(own.length).toBeGreaterThan(stream.name === 'level_0' ? 0 : 1);
      records.push(run.records.length);
    }
    expect(records).toHaveLength(levels);
    expect(Math.max(...records)).toBeLessThanOrEqual(12);
  });

  it('is read for fewer days by a stream that has many windows', async () => {
    const asked = async (step: string) => {
      const text = chain(3)
        .replace(
          /(name: level_2\n)/,
          `$1    incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y-%m-%d", start_datetime: "{{ config.start_date }}", step: ${step}, cursor_granularity: P1D, start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: from }, end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: to } }\n`,
        )
        .replaceAll('id: { type: integer }', 'id: { type: integer }, at: { type: string, format: date }');
      const spec = `spec: { type: Spec, connection_specification: { type: object, required: [start_date], properties: { start_date: { type: string, format: date } } } }\n`;
      const manifest = loadManifest({ name: 'x.yaml', text: text + spec });
      const subject = createSubject({ file: 'x.yaml', manifest });
      const [, , stream] = await subject.streams();
      const simulated = stream && (await simulatedOnce(subject, stream));
      if (simulated === undefined || typeof simulated === 'string') throw new Error(simulated);
      const { run } = simulated;
      expect(run.errors).toEqual([]);
      expect(run.records.length).toBeGreaterThan(3);
      const own = run.asked.filter(({ about }) => about.stream === 'level_2');
      const partitions = new Set(own.map(({ about }) => JSON.stringify(about.slice.partition))).size;
      return own.length / partitions;
    };
    // A window of a month reaches into a second one, and one of a day has a few more.
    expect(await asked('P30D')).toBe(2);
    const daily = await asked('P1D');
    expect(daily).toBeGreaterThan(3);
    expect(daily).toBeLessThan(12);
  });
});
