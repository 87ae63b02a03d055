import type { OutgoingRequest } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';

/** Sets a header, whatever the case in which its name is already there. */
export function setHeader(request: OutgoingRequest, name: string, value: string): void {
  const lower = name.toLowerCase();
  for (const known of Object.keys(request.headers)) {
    if (known.toLowerCase() === lower) delete request.headers[known];
  }
  request.headers[name] = value;
}

/**
 * Sets the header of a credential. A manifest that sets the same one itself is wrong: only one of the two could be
 * sent.
 */
export function setCredential(request: OutgoingRequest, name: string, value: string): void {
  if (Object.hasOwn(request.headers, name)) {
    throw new ConnectorError(
      `The header "${name}" is set twice: by the request itself and by its authenticator. Every name must come from one place only.`,
      { kind: 'config_error' },
    );
  }
  setHeader(request, name, value);
}

export function headerOf(request: OutgoingRequest, name: string): string | undefined {
  const lower = name.toLowerCase();
  return Object.entries(request.headers).find(([known]) => known.toLowerCase() === lower)?.[1];
}
