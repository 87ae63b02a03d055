import type { Hook } from '../language/hook.ts';

/** The hooks that come with this package for the connector of a name, such as `intercom`; none for other names. */
export type BundledHooks = (connector: string) => Promise<readonly Hook[]>;

/** The bundled hooks that a manifest asks for: those of `intercom` when a `class_name` begins with `intercom.`. */
export async function hooksOf(
  classNames: readonly string[],
  bundledHooks: BundledHooks,
): Promise<readonly Hook[]> {
  const connectors = new Set(classNames.flatMap(connectorOf));
  return (await Promise.all([...connectors].map(bundledHooks))).flat();
}

function connectorOf(className: string): string[] {
  const end = className.indexOf('.');
  return end <= 0 ? [] : [className.slice(0, end)];
}
