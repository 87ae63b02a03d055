import type { Manifest } from '../connector/load-manifest.ts';
import type { Family } from '../contract/families.ts';
import type { Hook } from '../language/hook.ts';
import { customFamilies, type Registry } from '../language/registry.ts';
import { remembered } from '../util/flow/remembered.ts';
import { hooksForDefinitions, hooksForReading } from './stand-in-hooks.ts';

/** Whether the manifest names a hook that is not loaded, as where it is in another language. */
function lacksHooks({ classNames, registry }: Manifest): boolean {
  return classNames.some((each) =>
    customFamilies.every((family) => registry.findHook(family, each) === undefined),
  );
}

/** The same manifest, in which hooks that are not loaded do nothing, where a stream can be read without them. */
export function withStandIns(manifest: Manifest): Manifest {
  return standingIn(manifest, forReading);
}

/** The same for whoever asks only for names, keys, cursor fields and schemas of streams. */
export function withStandInsForDefinitions(manifest: Manifest): Manifest {
  return standingIn(manifest, forDefinitions);
}

interface StandIns {
  readonly hooks: readonly Hook[];
  /** One for each registry: what was read with it is kept by it. */
  readonly registries: WeakMap<Registry, Registry>;
}

const forReading: StandIns = { hooks: hooksForReading, registries: new WeakMap() };
const forDefinitions: StandIns = { hooks: hooksForDefinitions, registries: new WeakMap() };

function standingIn(manifest: Manifest, { hooks, registries }: StandIns): Manifest {
  if (!lacksHooks(manifest)) return manifest;
  const registry = remembered(registries, manifest.registry, () => {
    const byFamily = new Map<Family, Hook>(hooks.map((hook) => [hook.family, hook]));
    return Object.freeze<Registry>({
      ...manifest.registry,
      findHook: (family, className) => manifest.registry.findHook(family, className) ?? byFamily.get(family),
    });
  });
  return { ...manifest, registry };
}
