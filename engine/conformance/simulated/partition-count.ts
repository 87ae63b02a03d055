import { type ComponentAt, childIn, written } from '../../validate/visit.ts';

/** How many records an API has of a stream, or of each partition of one. */
export type RecordCount = (isPartition: boolean) => number;

/** Of how many partitions a stream is read: of each value of its lists with each record of its parents, and theirs. */
export function partitionCount(stream: ComponentAt, records: RecordCount): number {
  const routers = childIn(stream, 'retriever')?.children ?? [];
  return routers
    .filter(({ family }) => family === 'PartitionRouter')
    .reduce((product, router) => product * valueCount(router, records), 1);
}

function valueCount(router: ComponentAt, records: RecordCount): number {
  const values = written(router, 'values');
  if (values?.kind === 'sequence') return Math.max(1, values.items.length);
  const counts = router.children.map((child) => {
    if (child.family === 'PartitionRouter') return valueCount(child, records);
    const parent = childIn(child, 'stream');
    return parent === undefined ? 0 : recordCount(parent, records);
  });
  // What a hook divides by nobody sees.
  return Math.max(
    1,
    counts.reduce((sum, each) => sum + each, 0),
  );
}

function recordCount(stream: ComponentAt, records: RecordCount): number {
  const router = childIn(childIn(stream, 'retriever'), 'partition_router');
  return router === undefined ? records(false) : partitionCount(stream, records) * records(true);
}
