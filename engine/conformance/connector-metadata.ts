import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import type { Subject } from './subject.ts';

/** What is said of a connector as a product: `data` of `metadata.yaml`, and `metadata` in the manifest. */
export function connectorMetadata({ metadata, manifest }: Subject): readonly ManifestNode[] {
  const beside = metadata && (fieldOf(metadata, 'data') ?? metadata);
  const inside = fieldOf(manifest.root, 'metadata');
  return [beside, inside].filter((node) => node !== undefined);
}
