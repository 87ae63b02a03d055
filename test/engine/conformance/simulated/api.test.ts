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
});
