import type { MappingNode } from '../manifest/node.ts';
import { type ComponentAt, childIn } from '../validate/visit.ts';
import { jobFields } from './job-fields.ts';

/** The parts of a retriever that read records: of one that runs jobs, those that download their results. */
export interface ReaderParts {
  /** Records are prepared by jobs, each with a list of its own. */
  readonly isJob: boolean;
  /** Asks for records. */
  readonly requester: ComponentAt | undefined;
  /** Sends the first request of a slice, which says what is asked for. */
  readonly first: MappingNode | undefined;
  /** All that send requests for a slice. */
  readonly requesters: ReadonlySet<MappingNode>;
  readonly paginator: ComponentAt | undefined;
  readonly decoder: ComponentAt | undefined;
  readonly selector: ComponentAt | undefined;
  /** Undefined where the whole of an answer is the list of records. */
  readonly extractor: ComponentAt | undefined;
}

export function readerPartsOf(retriever: ComponentAt): ReaderParts {
  const selector = childIn(retriever, 'record_selector');
  const download = childIn(retriever, 'download_requester');
  if (download === undefined) {
    const requester = childIn(retriever, 'requester');
    return {
      isJob: false,
      requester,
      first: requester?.node,
      requesters: new Set(requester && [requester.node]),
      paginator: childIn(retriever, 'paginator'),
      decoder: childIn(retriever, 'decoder'),
      selector,
      extractor: childIn(selector, 'extractor'),
    };
  }
  const around = jobFields.flatMap((field) => childIn(retriever, field)?.node ?? []);
  return {
    isJob: true,
    requester: download,
    first: childIn(retriever, 'creation_requester')?.node,
    requesters: new Set([...around, download.node]),
    paginator: childIn(retriever, 'download_paginator'),
    decoder: childIn(retriever, 'download_decoder'),
    selector,
    extractor: childIn(retriever, 'download_extractor'),
  };
}
