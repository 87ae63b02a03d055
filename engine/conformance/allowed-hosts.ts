import { isObject, type JsonObject } from '../util/json/json.ts';
import { glob } from '../util/text/glob.ts';

/**
 * Whether a pattern of `allowedHosts` lets a host through: a name, a name after `*.`, or one with values of the config as
 * in `${subdomain}.example.com`, where a dot leads into objects. A port or a protocol in it does not matter.
 */
export function allowsHost(pattern: string, host: string, config: JsonObject): boolean {
  const filled = pattern.replace(/\$\{([^}]+)\}/g, (_, path: string) =>
    String(valueAt(config, path.trim()) ?? '*'),
  );
  const name = filled
    .replace(/^\w+:\/\//, '')
    .replace(/[/:].*$/, '')
    .toLowerCase();
  return name !== '' && glob(name).test(host.toLowerCase());
}

function valueAt(config: JsonObject, path: string): unknown {
  let at: unknown = config;
  for (const step of path.split('.')) at = isObject(at) ? at[step] : undefined;
  return at;
}
