import type { OutgoingRequest } from '../contract/families.ts';
import type { Occasion } from '../contract/scope.ts';
import type { ComponentAt } from '../validate/visit.ts';
import type { SimulatedAnswer } from './answers.ts';
import { CannotSimulate } from './place-records.ts';
import type { Volume } from './volume.ts';
import type { World } from './world.ts';

const fields = new Set([
  'creation_requester',
  'polling_requester',
  'download_target_requester',
  'download_requester',
  'abort_requester',
  'delete_requester',
]);

/** The requesters around an asynchronous job. */
export function isJobField(field: string): boolean {
  return fields.has(field);
}

export interface JobRequest {
  readonly world: World;
  readonly owner: ComponentAt;
  readonly field: string;
  readonly request: OutgoingRequest;
  readonly occasion: Occasion;
  readonly seed: number;
  readonly volume: Volume;
}

export async function answerJob(_job: JobRequest): Promise<SimulatedAnswer> {
  throw new CannotSimulate('it is read by asynchronous jobs');
}
