import type { MappingNode } from '../node.ts';

/** One change of the language, applied to every component of the type it concerns. */
export interface Migration {
  /** As the CDK's builder records it in `metadata.applied_migrations`. */
  readonly name: string;
  readonly componentType: string;
  /** The component in its new form, or undefined where there is nothing to change. */
  apply(component: MappingNode): MappingNode | undefined;
}

/** The component cannot be migrated, so the manifest as a whole stays as it was. */
export class UnmigratableError extends Error {
  override readonly name = 'UnmigratableError';
}
