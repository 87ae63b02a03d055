import type { Exchange } from '../contract/scope.ts';
import type { Slice } from '../contract/slice.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { AuxiliaryRequest, StreamReadPage, StreamReadSlice } from './stream-read.ts';
import { type Redact, viewAuxiliary, viewExchange } from './view-exchange.ts';

/** A page while it is read. */
interface OpenPage {
  readonly exchange: Exchange | undefined;
  readonly records: JsonObject[];
}

/** A slice while it is read. */
export interface OpenSlice {
  readonly slice: Slice;
  readonly pages: OpenPage[];
  readonly auxiliary: Exchange[];
  state: JsonObject | undefined;
}

/** A slice as the connector builder shows it, with each of its requests. */
export async function viewSlice(
  { slice, pages, auxiliary, state }: OpenSlice,
  redact: Redact,
): Promise<StreamReadSlice> {
  const descriptor = { ...slice.partition, ...slice.cursor };
  return {
    pages: await Promise.all(pages.map((page) => viewPage(page, redact))),
    slice_descriptor: Object.keys(descriptor).length === 0 ? '{}' : descriptor,
    state: state === undefined ? [] : [state],
    auxiliary_requests: await viewAll(auxiliary, redact),
  };
}

async function viewPage({ exchange, records }: OpenPage, redact: Redact): Promise<StreamReadPage> {
  if (exchange === undefined) return { records, request: null, response: null };
  return { records, ...(await viewExchange(exchange, redact)) };
}

export function viewAll(exchanges: readonly Exchange[], redact: Redact): Promise<AuxiliaryRequest[]> {
  return Promise.all(
    exchanges.flatMap((exchange) =>
      exchange.purpose === undefined ? [] : [viewAuxiliary(exchange, exchange.purpose, redact)],
    ),
  );
}
