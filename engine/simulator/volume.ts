/**
 * How many records there are: of a stream without partitions, or in each partition. `size` is that of a page, when it has
 * one.
 */
export type Volume = (stream: string, isPartition: boolean, size: number | undefined) => number;
